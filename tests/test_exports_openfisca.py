"""The OpenFisca package: a real OpenFisca loads it, and computes what ``kb.claims`` calculates."""

import ast
import json
import os
import random
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from exports_samples import bundled_content, content_of

from kb.claims.calculation import reckon
from kb.claims.inputs import NUMBERS, checked
from kb.exports.content import Stretch
from kb.exports.openfisca.cases import days
from kb.exports.openfisca.formulas import variable_file
from kb.exports.openfisca.package import package
from kb.exports.openfisca.parameters import parameter_file
from kb.exports.openfisca.plans import plans
from tests.claims_samples import STEPS

RUN = Path(__file__).with_name("openfisca_run.py")
INPUTS = 1000
#: every kind of amount, in a notice that holds from its start to its end
MADE_UP = content_of(
    "对企业职工培训给予每人300元培训补贴。",
    "对企业新录用人员培训给予每人不超过800元补贴。",
    "对困难家庭给予每户不低于500元补助。",
    "对示范基地给予10万元至30万元奖励。",
    "对种粮农户给予每亩120.5元补贴。",
    "对购房者按契税总额的80%给予补贴，最高不超过3万元。贷款额度可按可贷额度合计数上浮20%。",
    "项目制培训补贴标准为每人300元。培训后就业率达到60%以上的，按照培训人数全额拨付；"
    "就业率低于60%的，按补贴标准的70%拨付。",
    "培训补贴标准为前10天每人每天150元、之后每人每天100元，最高每人不超过5000元。"
    "就业率达到80%以上的全额拨付；就业率达不到的，按照实际就业人数申领补贴。",
    "本办法自2024年5月1日起施行，有效期至2025年12月31日。",
    on=date(2024, 10, 1),
)
BASES = {"bundled": bundled_content(), "made up": MADE_UP}


def put(files, folder):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def run_openfisca(python, folder, asked):
    said = subprocess.run(
        [python, RUN],
        input=json.dumps({"package": str(folder), "asked": asked}),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def random_inputs(chance):
    """Numbers of one application; how many are employed is given as heads or as a rate."""
    given = {
        name: Decimal(chance.randint(0, 60))
        if number.whole
        else Decimal(chance.randint(0, 10**6)) / 10
        for name, number in NUMBERS.items()
    }
    given["people"] = given["certificates"] = Decimal(
        chance.choice([0, 1, chance.randint(0, 5000)])
    )
    given["days"] = Decimal(chance.randint(0, 400))
    given["base"] = Decimal(chance.randint(0, 10**12)) / 100
    by_heads = chance.random() < 0.5
    given["employed"] = Decimal(chance.randint(0, int(given["people"])))
    # the floors themselves, and what floats make of 57%
    rates = [Decimal(n) / 100 for n in (57, 60, 80, 29)]
    given["employment_rate"] = chance.choice([*rates, Decimal(chance.randint(0, 10000)) / 10000])
    del given["employment_rate" if by_heads else "employed"]
    return given


@pytest.mark.parametrize("name", BASES)
def test_openfisca_computes_what_the_rule_base_calculates_around_every_life(
    name, consumers, tmp_path
):
    content = BASES[name]
    folder = put(package(content).files, tmp_path)
    chance = random.Random(7)
    asked, wanted = [], []
    for plan in plans(content)[0]:
        by = next((c for c in plan.conditions if c.asks == "employment"), None)
        given = [random_inputs(chance) for _ in range(INPUTS)]
        sums = [reckon(plan.told.record, plan.rule, checked(one), by) for one in given]
        columns = {n: [float(one.get(n, -1)) for one in given] for n in NUMBERS}
        for suffix, side in plan.sides:
            for _, day, holds in days(plan):
                asked.append(
                    {"variable": plan.name + suffix, "day": day.isoformat(), "inputs": columns}
                )
                wanted.append([getattr(s, side) if holds else Decimal(0) for s in sums])
    found = run_openfisca(consumers, folder, asked)
    for one, got, expected, known in zip(asked, found["sums"], wanted, found["known"], strict=True):
        off = [
            (e, g)
            for e, g in zip(expected, got, strict=True)
            if abs(e - Decimal(g)) > Decimal("0.005") + abs(e) * Decimal("1e-12")
        ]
        assert not off, (one["variable"], one["day"], off[:3])
        told = known["metadata"]
        number = told["number"] or told["document"]
        assert f"{number} {told['clause']}「{told['quote']}」" == known["reference"][0]
        assert any(expected) == any(v is not None for v in known["values"].values())


def test_every_kind_of_amount_is_expressed_and_holds_to_its_last_day():
    found = {plan.rule.id: plan for plan in plans(MADE_UP)[0]}
    assert len(found) == len(list(MADE_UP.graph.base.rules("amount"))) == 10
    assert {suffix for plan in found.values() for suffix, _ in plan.sides} == {
        *("", "_at_most", "_at_least")
    }
    assert {plan.rule.effect for plan in found.values()} >= {"pay", "raise_by"}
    assert any(plan.rule.tiers and plan.employment for plan in found.values())
    lives = {plan.life for plan in found.values()}
    assert lives == {(Stretch(date(2024, 5, 1), date(2025, 12, 31)),)}


def test_a_life_with_a_gap_pays_nothing_in_it(consumers, tmp_path):
    content = content_of("对企业职工培训给予每人300元培训补贴。")
    plan = plans(content)[0][0]
    gap = (
        Stretch(date(2024, 1, 1), date(2024, 3, 31)),
        Stretch(date(2024, 6, 1), date(2024, 12, 31)),
    )
    parted = replace(plan, life=gap)
    files = dict(package(content).files)
    files[f"openfisca_policykb/variables/{plan.name}.py"] = variable_file(parted)
    files[f"openfisca_policykb/parameters/rules/{plan.name}.yaml"] = parameter_file(parted, content)
    asked = [
        {"variable": plan.name, "day": day.isoformat(), "inputs": {"people": [2]}}
        for _, day, _ in days(parted)
    ]
    found = run_openfisca(consumers, put(files, tmp_path), asked)["sums"]
    assert found == [[600.0 * holds] for _, _, holds in days(parted)]


def test_the_tests_of_the_package_pass_and_can_fail(consumers, tmp_path):
    folder = put(package(MADE_UP).files, tmp_path)

    def openfisca():
        command = [consumers.with_name("openfisca"), "test", "--country-package"]
        return subprocess.run(
            [*command, "openfisca_policykb", folder / "tests"],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(folder)},
        )

    passed = openfisca()
    assert passed.returncode == 0, passed.stdout[-2000:]
    assert "40 passed" in passed.stdout
    parameters = next((folder / "openfisca_policykb" / "parameters" / "rules").glob("r_*"))
    text = parameters.read_text("utf-8")
    # a rule that ends a day early
    parameters.write_text(text.replace("2026-01-01", "2025-12-31"), "utf-8")
    assert openfisca().returncode != 0


def test_what_openfisca_cannot_express_is_listed_with_the_reason():
    content = BASES["bundled"]
    made = package(content)
    told = json.loads(made.files["left_out.json"])
    found = plans(content)[0]
    written = {plan.rule.id for plan in found if plan.sides}
    everything = {rule.id for _, rule in content.graph.base.rules()}
    assert written | {one["rule"] for one in told} == everything
    assert not written & {one["rule"] for one in told}
    budgets = [one for one in told if one["why"].startswith("a budget")]
    assert {one["rule"].split("#")[0] for one in budgets} == {"140000-jinwenlvbanfa-2021-123"}
    assert STEPS in written


def test_words_of_a_notice_are_no_python():
    content = content_of("对“a'''\"\"\"\\”企业职工培训给予每人300元培训补贴。")
    for name, text in package(content).files.items():
        if name.endswith(".py"):
            ast.parse(text)
