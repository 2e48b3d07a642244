"""examples/calculator: it needs an export and nothing of policykb, and reckons as policykb does."""

import ast
import importlib.util
import random
import re
import shlex
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from exports_samples import bundled_content
from test_exports_openfisca import MADE_UP, random_inputs

from corpus.errors import UsageError
from kb.claims.calculation import calculate
from kb.exports.json_file import json_file
from kb.schema import AmountRule
from tests.claims_samples import STEPS, base

FOLDER = Path(__file__).parents[1] / "examples" / "calculator"
FILE = FOLDER / "calculator.py"


def load():
    spec = importlib.util.spec_from_file_location("calculator", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CALCULATOR = load()


def amounts(content, folder):
    path = folder / "policykb.json"
    path.write_bytes(json_file(content).files["policykb.json"])
    return CALCULATOR.load(path)


def test_it_imports_nothing_but_what_python_brings():
    tree = ast.parse(FILE.read_text("utf-8"))
    names = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("content", [bundled_content(), MADE_UP], ids=["bundled", "made up"])
def test_it_reckons_as_the_rule_base_does(content, tmp_path):
    rules, chance = amounts(content, tmp_path), random.Random(11)
    paid = 0
    for record, rule in content.graph.base.rules("amount"):
        assert isinstance(rule, AmountRule)
        for _ in range(40):
            given = random_inputs(chance)
            told = calculate(record, rule, given)
            if told.bound in ("budget", "threshold"):
                with pytest.raises(ValueError, match="不据以支付"):
                    CALCULATOR.calculate(rules[rule.id], given)
                continue
            expected = (told.bound, told.low, told.high)
            assert CALCULATOR.calculate(rules[rule.id], given) == expected, rule.id
            paid += 1
    assert paid >= 400


def test_it_asks_for_what_is_missing_as_the_rule_base_does(tmp_path):
    rules = amounts(bundled_content(), tmp_path)
    with pytest.raises(ValueError, match=r"还需要：天数（days）$"):
        CALCULATOR.calculate(rules[STEPS], {"people": Decimal(3), "employed": Decimal(2)})
    with pytest.raises(UsageError, match="without days"):
        base().calculate(STEPS, people=3, employed=2)


def test_a_rule_holds_from_its_first_day_to_its_last(tmp_path):
    rule = next(iter(amounts(MADE_UP, tmp_path).values()))
    days = (date(2024, 4, 30), date(2024, 5, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [CALCULATOR.holds_on(rule, day) for day in days] == [False, True, True, False]


def test_its_page_shows_what_it_prints(tmp_path):
    amounts(bundled_content(), tmp_path)
    text = (FOLDER / "README.md").read_text("utf-8")
    shown = re.findall(r"^\$ python (calculator.+)\n((?:(?!\$|```).*\n)+)", text, re.MULTILINE)
    assert len(shown) == 2
    for command, lines in shown:
        said = subprocess.run(
            [sys.executable, "-X", "utf8", FILE, *shlex.split(command)[1:]],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
        printed = said.stdout.splitlines()
        for line in lines.splitlines():
            assert line == "…" or line in printed


def test_an_export_of_a_newer_version_is_refused(tmp_path):
    amounts(bundled_content(), tmp_path)
    path = tmp_path / "policykb.json"
    path.write_text(path.read_text("utf-8").replace('"export_version": 1', '"export_version": 2'))
    with pytest.raises(SystemExit, match="newer version"):
        CALCULATOR.load(path)
