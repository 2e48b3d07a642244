"""The rule base from Python: as docs/python.md shows it, typed, and helpful where it refuses."""

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import kb
from corpus.errors import MissingInput, RuleBaseError, UsageError
from kb import store
from kb.api import Base
from kb.schema import AmountRule, DeadlineRule
from tests.claims_samples import STEPS, TOURISM

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs/python.md").read_text("utf-8"), re.S)
OLD = "140000-jinzhengbanfa-2019-68"


@pytest.fixture(scope="module")
def base() -> Base:
    return kb.load(ROOT)


@pytest.mark.parametrize("code", BLOCKS, ids=range(len(BLOCKS)))
def test_the_examples_of_the_page_run(code, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "docs/python.md", "exec"), {})
    assert capsys.readouterr().out.strip()


def test_the_examples_print_what_they_are_for(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    for code in BLOCKS:
        exec(compile(code, "docs/python.md", "exec"), {})
    out = capsys.readouterr().out
    assert "晋政办发〔2019〕68号 二/(六) 取证补贴 600" in out
    assert "('people', 'employment_rate')" in out
    assert "51000 CNY" in out
    assert "培训补贴 12000 二/(三) 财政按照每人300元" in out


def test_a_rule_base_is_loaded_from_its_workspace_or_its_folder(base):
    assert kb.load(str(ROOT / "kb")).knowledge == base.knowledge
    assert base.records == store.load(ROOT / "kb").records


def test_rules_are_asked_for_by_kind_day_document_and_region(base):
    assert {found.kind for found in base.rules()} == {
        *("amount", "deadline", "department", "target", "group")
    }
    assert all(isinstance(f.rule, DeadlineRule) for f in base.rules("deadline"))
    assert {f.document for f in base.rules("amount", on="2020-06-01")} == {OLD}
    assert base.rules("amount", document="晋政办发〔2019〕68号") == base.rules(
        "amount", document=OLD
    )
    assert STEPS in {f.id for f in base.rules("amount", region="文水县")}
    assert STEPS not in {f.id for f in base.rules("amount", region="140100")}
    assert base.rules("amount", region="广东省") == ()


def test_what_has_ended_is_left_out_and_what_only_presumably_has_is_not(base):
    early, late = (
        {found.id for found in base.rules("amount", on=day)} for day in ("2018-01-01", "2026-01-01")
    )
    assert early == set()
    assert STEPS in late
    assert base.status(TOURISM, "2026-01-01").state == "presumed_expired"
    assert TOURISM in late


def test_a_rule_carries_its_words_and_their_place(base):
    found = base.rule(STEPS)
    assert isinstance(found.rule, AmountRule)
    assert (found.clause, found.number) == ("七/(二)", "文人社字〔2024〕20号")
    assert found.record.text[slice(*found.span)] == found.quote


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda b: b.rule(STEPS[:-1]), f'did you mean "{STEPS}"?'),
        (lambda b: b.rules("amounts"), 'there is no kind "amounts"; did you mean "amount"?'),
        (lambda b: b.rules(on="soon"), '"soon" is no day. Write it as 2021-12-01.'),
        (lambda b: b.rules(region="太元"), '"太元" is no place'),
        (lambda b: b.record("晋政办发〔2019〕86号"), 'did you mean "晋政办发〔2019〕68号"?'),
        (lambda b: b.calculate(b.rules("deadline")[0].id), "is a deadline, and no amount"),
        (lambda b: b.apply({"kind": "学效"}, "2021-10-01"), 'did you mean "学校"?'),
    ],
)
def test_what_cannot_be_answered_names_what_is_known(base, call, words):
    with pytest.raises(UsageError) as caught:
        call(base)
    assert words in str(caught.value)


def test_missing_numbers_are_named(base):
    with pytest.raises(MissingInput) as caught:
        base.calculate(TOURISM)
    assert caught.value.names == ("people", "days")


def test_a_folder_without_a_rule_base_is_told(tmp_path):
    with pytest.raises(UsageError, match="there is no rule base here"):
        kb.load(tmp_path)


def test_a_broken_file_is_told_with_its_line(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text("schema_version: 9\n")
    with pytest.raises(RuleBaseError, match=r"a\.yaml:1: schema_version 9 is newer"):
        kb.load(tmp_path)


def test_importing_the_package_stays_light():
    code = "import sys, kb; sys.exit('spacy' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_every_measure_that_is_paid_tells_how_much_of_it_is_modelled(base):
    found = base.coverage()
    offered = base.apply({"kind": "企业"}, "2021-10-01").offers
    every = [one for offer in offered for one in (offer, *offer.beneath)]
    assert set(found) == {one.measure for one in every}
    for key, one in found.items():
        asked = [j.condition for o in every if o.measure == key for j in o.judgements[1:]]
        typed = sum(condition.asks != "person" for condition in asked)
        assert (one.conditions, one.typed) == (len(asked), typed)
        assert one.share == round(Decimal(typed) / len(asked), 2)
