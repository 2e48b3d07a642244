"""Holds what the pages say against what the code does: keys, commands, examples, figures, links."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import fields as fields_of
from decimal import Decimal
from inspect import isclass
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import docs_cli
import pytest
import yaml
from pydantic import BaseModel
from typer.main import get_command

import policykb
from corpus import readers, workspace
from corpus.limits import USUAL
from corpus.readers.formats import SUFFIXES
from extractor.models import Quantity
from kb import build, checks, rule_file, schema, store
from kb.evaluate import evaluate
from kb.models import KnowledgeBase
from kb.samples import samples

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
READMES = ("README.md", "README.zh-CN.md")
#: folders that hold no page of ours: what make makes, and what others have published
_NOT_OURS = {"site", "notices", "node_modules", "build", "dist"}


def page_paths() -> list[Path]:
    """Every Markdown file of the repository, notices and what make makes left out."""
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    ours = (p for p in found if not any(x.startswith(".") or x in _NOT_OURS for x in p.parts))
    return sorted(ours)


PAGES = {path.as_posix(): (ROOT / path).read_text("utf-8") for path in page_paths()}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A workspace of the bundled notices with a rule base built afresh."""
    root = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "corpus" / "notices", root / "corpus" / "notices")
    for name in ("policykb.toml", "corpus/catalogue.yaml"):
        shutil.copy(ROOT / name, root / name)
    report = build.build(workspace.load(root), lambda stage, done, total: None)
    assert not report.failures
    return root


@pytest.fixture(scope="module")
def base(built) -> KnowledgeBase:
    return store.load(built / "kb")


# docs/rule-format.md

MODELS: dict[str, type[BaseModel]] = {
    "The record": schema.Record,
    "document": schema.DocumentRecord,
    "document.enclosed": schema.EnclosedRecord,
    "document.region": schema.RegionRecord,
    "document.attachments": schema.AttachmentRecord,
    "document.contacts": schema.ContactRecord,
    "document.source": schema.SourceRecord,
    "validity": schema.ValidityRecord,
    "validity.statements": schema.ValidityStatement,
    "clauses": schema.ClauseRecord,
    "tables": schema.TableRecord,
    "amount": schema.AmountRule,
    "amount.cap": schema.CapRecord,
    "amount.tiers": schema.TierRecord,
    "amount.limit": schema.LimitRecord,
    "amount.former": schema.FormerRecord,
    "deadline": schema.DeadlineRule,
    "department": schema.DepartmentRule,
    "target": schema.TargetRule,
    "group": schema.GroupRule,
    "review": schema.Review,
    "citations": schema.CitationRecord,
    "findings": schema.FindingRecord,
}


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a model as they stand in a record, with their types."""
    hints = get_type_hints(model, include_extras=True)
    return {field.alias or name: hints[name] for name, field in model.model_fields.items()}


def quantity_keys() -> dict[str, Any]:
    """The keys of a quantity as ``policykb tag`` prints it."""
    hints = get_type_hints(Quantity)
    names = {field.name for field in fields_of(Quantity)} - {"core"}
    return {name.rstrip("_"): hints[name] for name in names} | {"text": str, "span": schema.Span}


def sections() -> dict[str, dict[str, Any]]:
    """What each section must describe: the keys of every rule stand once, above the kinds."""
    rules = [MODELS[kind] for kind in schema.RULE_KINDS]
    common = set.intersection(*(set(keys_of(model)) for model in rules))
    of_all = {key: hint for key, hint in keys_of(rules[0]).items() if key in common}
    wanted = {heading: keys_of(model) for heading, model in MODELS.items()}
    for kind in schema.RULE_KINDS:
        wanted[kind] = {k: hint for k, hint in wanted[kind].items() if k not in common}
    every = {**of_all, "kind": Literal[schema.RULE_KINDS]}
    return {**wanted, "Rules": every, "Quantities": quantity_keys()}


WANTED = sections()


def described(page: str) -> dict[str, dict[str, list[str]]]:
    """Per heading the rows of its table of keys: key -> the other cells."""
    found: dict[str, dict[str, list[str]]] = {}
    for heading, body in re.findall(r"^#+ (.+)\n((?:(?!#).*\n?)*)", page, re.MULTILINE):
        table = re.search(r"^\| key \| type .*\n\|[-|]+\n((?:\|.*\n)+)", body, re.MULTILINE)
        if table:
            found[heading] = {}
            for row in table[1].splitlines():
                first, *cells = (cell.strip() for cell in row.strip("|").split(" | "))
                found[heading] |= dict.fromkeys(re.findall(r"`(.+?)`", first), cells)
    return found


def type_word(hint: Any) -> str:
    """How the page calls a type."""
    origin, inside = get_origin(hint), [a for a in get_args(hint) if a is not type(None)]
    if origin in (Union, UnionType) and len(inside) == 1:
        return type_word(inside[0])
    if hint == schema.Number or hint is Decimal:
        return "number"
    if hint == schema.Span:
        return "span"
    if origin is tuple:
        return {"text": "list of text", "list of text": "list of lists"}.get(
            type_word(inside[0]), "list of maps"
        )
    if origin in (Literal, dict):
        return "word" if origin is Literal else "map"
    plain = {str: "text", int: "integer", bool: "true"}
    return plain.get(hint, "map")


def test_the_models_are_all_in_the_table_of_this_test():
    public = {
        value
        for name, value in vars(schema).items()
        if isclass(value) and issubclass(value, BaseModel) and not name.startswith("_")
    } - {BaseModel}
    assert set(MODELS.values()) == public


def test_the_rule_format_has_a_section_for_every_model():
    assert set(described(PAGES["docs/rule-format.md"])) == set(WANTED)


@pytest.mark.parametrize("heading", WANTED)
def test_the_rule_format_describes_every_key_and_no_other(heading):
    rows = described(PAGES["docs/rule-format.md"])[heading]
    assert set(rows) == set(WANTED[heading])


@pytest.mark.parametrize("heading", WANTED)
def test_the_rule_format_gives_the_right_types(heading):
    rows = described(PAGES["docs/rule-format.md"])[heading]
    told = {key: cells[0] for key, cells in rows.items()}
    assert told == {key: type_word(hint) for key, hint in WANTED[heading].items()}


@pytest.mark.parametrize("heading", WANTED)
def test_the_rule_format_lists_the_words_that_a_key_may_have(heading):
    for key, cells in described(PAGES["docs/rule-format.md"])[heading].items():
        if cells[0] == "word":
            listed = cells[1].split(": ")[-1].split(" · ")
            hint = WANTED[heading][key]
            words = get_args(hint) if get_origin(hint) is Literal else get_args(get_args(hint)[0])
            assert [entry.split()[0] for entry in listed] == list(words), key


def test_the_worked_rule_stands_in_the_rule_base(base):
    [block] = re.findall(r"```yaml\n(.+?)```", PAGES["docs/rule-format.md"], re.DOTALL)
    [shown] = yaml.safe_load(block)
    kept = yaml.safe_load(rule_file.dump(base.by_id[shown["id"].split("#")[0]]))
    [same] = [rule for rule in kept["rules"] if rule["quote"] == shown["quote"]]
    assert block == rule_file.dump_plain([same])


def test_the_walk_through_the_house_gives_the_right_offsets(base):
    told = PAGES["docs/architecture.md"].split("## How a sentence becomes a rule")[1]
    sentence = told.split(" says ")[1].split("。")[0]
    notice = ROOT / "corpus" / "notices" / "wenrenshezi-2024-20.md"
    source = readers.read(notice, root=ROOT)
    text = base.by_id["141121-wenrenshezi-2024-20"].text
    steps = source.text.index(sentence), text.index(sentence)
    printed, healed = (at + sentence.index("前10天") for at in steps)
    words = " ".join(told.split())
    assert f"begins at character {printed} of" in words
    assert f"begin at {healed} now, and `NormalText.offsets[{healed}]` is {printed}" in words
    assert f"This one is {steps[1]}–{steps[1] + len(sentence) + 1}" in words
    assert f"the words {steps[1]}–{steps[1] + len(sentence)} as quote" in words


#: 141121-wenrenshezi-2024-20#s7-2 and, of a rule, .amount.0ff8
_ID = re.compile(
    r"\b((?:\d{6}|00|xx)-[a-z]+-\d{4}-\d+)#([a-z0-9-]+)(?:\.([a-z]+)\.([0-9a-f]{4,}))?"
)


@pytest.mark.parametrize("name", [n for n, text in PAGES.items() if _ID.search(text)])
def test_every_id_that_a_page_names_exists(name, base):
    for match in _ID.finditer(PAGES[name]):
        document, anchor, kind, _ = match.groups()
        record = base.by_id[document]
        assert anchor in {"front", *(clause.anchor for clause in record.clauses)}, match[0]
        assert kind is None or base.rule(match[0]), match[0]


def test_the_bundled_rule_base_that_pages_speak_of_is_sound(base):
    assert checks.check(base) == ()


# commands

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^(?:\$ )?policykb (?=[a-z])(.+)$", re.MULTILINE)
_INLINE = re.compile(r"`policykb ([a-z][^`\n]*)`")


def commands(name: str) -> Iterator[list[str]]:
    """The arguments of every policykb command line on a page."""
    text = PAGES[name]
    for _, block in _FENCE.findall(text):
        yield from map(_arguments, _COMMAND.findall(block))
    # the usage lines of the generated page are no command lines
    if name != "docs/cli.md":
        yield from map(_arguments, _INLINE.findall(_FENCE.sub("", text)))


def _arguments(line: str) -> list[str]:
    return shlex.split(re.split(r"\s[<>|]\s|\s{2,}#", line)[0])


@pytest.mark.parametrize("name", [name for name in PAGES if list(commands(name))])
def test_every_command_line_on_a_page_parses(name):
    group: Any = get_command(policykb.app)
    with group.make_context("policykb", [], resilient_parsing=True) as context:
        for first, *rest in commands(name):
            assert first in group.commands, f"policykb {first}"
            group.commands[first].make_context(first, rest, parent=context).close()


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_name_every_system_package_that_tests_use(name):
    installing = (ROOT / ".ci" / "run").read_text("utf-8")
    packages = " ".join(re.findall(r"missing\+=\((.+?)\)", installing)).split()
    assert "postgresql" in packages
    (told,) = re.findall(r"^apt install (.+)$", PAGES[name], re.MULTILINE)
    # the interpreter is named where it is asked for
    assert [*told.split(), "python3", "python3-venv"] == packages


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_show_commands(name):
    assert len(list(commands(name))) >= 6


def test_the_command_reference_is_what_the_code_says():
    assert PAGES["docs/cli.md"] == docs_cli.reference(), "run make docs"


def test_the_command_reference_names_every_command_option_and_status():
    group: Any = get_command(policykb.app)
    options = {o for c in group.commands.values() for p in c.params for o in p.opts if o[0] == "-"}
    rows = re.findall(r"^\| `(.+?)` \|", PAGES["docs/cli.md"], re.MULTILINE)
    assert options <= {word.strip(",") for row in rows for word in row.split()}
    assert set(group.commands) <= set(re.findall(r"^## policykb (\w+)", PAGES["docs/cli.md"], re.M))
    assert set(re.findall(r"^\| (\d+) \|", PAGES["docs/cli.md"], re.M)) >= {"0", "1", "2", "130"}


@pytest.mark.parametrize("name", PAGES)
def test_every_make_target_that_a_page_names_exists(name):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"site", "test", "docs"} <= targets
    named = re.findall(r"(?:`|^)make ([a-z]+)", PAGES[name], re.MULTILINE)
    assert set(named) <= targets


# examples

Example = tuple[str, list[str]]


def examples(name: str) -> list[Example]:
    """Every command of the console blocks of a page, with the lines it is said to print."""
    found: list[Example] = []
    for language, block in _FENCE.findall(PAGES[name]):
        for line in block.splitlines() if language == "console" else ():
            if line.startswith("$ policykb "):
                found.append((line.removeprefix("$ policykb "), []))
            else:
                found[-1][1].append(line)
    return found


def shortened(lines: list[str]) -> re.Pattern[str]:
    """What an output shown with … looks like in full: on its own … is any number of lines."""
    parts = (
        r"(?:.*\n)*?"
        if line.strip() == "…"
        else "[^\n]*".join(map(re.escape, line.split("…"))) + "\n"
        for line in lines
    )
    return re.compile("".join(parts))


@pytest.mark.parametrize("command", [command for command, _ in examples("README.md")])
def test_the_examples_print_what_the_readme_shows(command, built, run, monkeypatch):
    monkeypatch.chdir(built)
    outcome = run(*shlex.split(command))
    assert outcome.status == 0, outcome.err
    shown = dict(examples("README.md"))[command]
    assert shortened(shown).fullmatch(outcome.out), outcome.out[:2000]


def test_an_example_that_prints_something_else_is_seen():
    assert shortened(["a…c", "…", "z"]).fullmatch("abc\nmore\nand more\nz\n")
    assert not shortened(["a…c", "z"]).fullmatch("abc\nmore\nz\n")
    assert not shortened(["a…c"]).fullmatch("abd\n")


def test_the_python_example_runs(built, monkeypatch, capsys):
    [code] = [
        block for language, block in _FENCE.findall(PAGES["README.md"]) if language == "python"
    ]
    monkeypatch.chdir(built)
    exec(compile(code, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert "晋政办发〔2019〕68号 二/(六) 取证补贴 600 600" in lines


def test_both_readmes_show_the_same_examples():
    first, second = map(examples, READMES)
    assert len(first) >= 5
    assert first == second
    blocks = [
        [b for language, b in _FENCE.findall(PAGES[n]) if language == "python"] for n in READMES
    ]
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_name_every_format_that_is_read(name):
    assert set(re.findall(r"`(\.[a-z]+)`", PAGES[name])) == set(SUFFIXES.split(", "))


# figures

_FIGURES = re.compile(r"^\| `(\w+)` .*?\| (\d+) \| ([\d.]+) \| ([\d.]+) \|(.*)\|$", re.MULTILINE)


def told_figures(name: str) -> dict[str, float]:
    """The figures of a README by their names in the evaluation."""
    told: dict[str, float] = {}
    for kind, _, f1, macro, attributes in _FIGURES.findall(PAGES[name]):
        told |= {kind: float(f1), f"{kind}.macro": float(macro)}
        for attribute, share in re.findall(r"`(\w+)` ([\d.]+)", attributes):
            told[f"{kind}.{attribute}"] = float(share)
    return told


def test_both_readmes_tell_the_same_figures():
    first, second = map(told_figures, READMES)
    assert len(first) >= 16
    assert first == second


def test_the_figures_told_are_those_measured():
    gold = SHARED / "eval" / "gold"
    if not gold.is_dir():
        pytest.skip("the gold facts lie in ../shared, which is not here")
    folders = [ROOT / "corpus" / "notices", SHARED / "corpus" / "real"]
    measured = evaluate(list(samples(gold, folders, USUAL))).figures()
    # both READMEs say in words that elements and quotes are all right
    assert (measured["meta"], measured["quotes"]) == (1, 0)
    for name, told in told_figures("README.md").items():
        # never more than was measured; a little less until somebody brings the page up to date
        assert -0.05 < told - measured[name] < 0.005, f"{name}: {told} told, {measured[name]} true"


# links

_LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")


def links(text: str) -> list[str]:
    """The relative addresses that a page links to."""
    bare = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))
    return [link for link in _LINK.findall(bare) if not re.match(r"[a-z]+:", link)]


def anchors(text: str) -> set[str]:
    """The anchors that headings get where Markdown is shown."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead(name: str, text: str) -> Iterator[str]:
    """The links of a page that lead to no file, or to no heading of it."""
    for link in links(text):
        path, _, fragment = link.partition("#")
        target = (ROOT / name).parent / path
        # a bare fragment leads to the page itself
        shown = target.read_text("utf-8") if fragment and target.is_file() else text
        if not target.exists() or (fragment and fragment not in anchors(shown)):
            yield link


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_somewhere(name):
    assert list(dead(name, PAGES[name])) == []


def test_dead_links_are_seen():
    text = "## A b\n[a](#a-b) [b](#c) [c](none.md) [d](LICENSE) [e](README.md#nothing) `[f](g)`"
    assert list(dead("README.md", text)) == ["#c", "none.md", "README.md#nothing"]


def test_the_readmes_link_to_every_page_of_the_documentation():
    pages = [n for n in PAGES if re.fullmatch(r"docs/[^/]+\.md", n)]
    for readme in READMES:
        assert {*pages, "CONTRIBUTING.md", "docs/images/site.png"} <= {
            link.split("#")[0] for link in links(PAGES[readme])
        }


def test_the_picture_is_small_enough_to_load():
    assert (ROOT / "docs" / "images" / "site.png").stat().st_size < 400_000
