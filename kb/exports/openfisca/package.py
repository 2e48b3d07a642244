"""All files of the OpenFisca package: what is the same for every rule base, and a file a rule.

The texts below are Python and are run by OpenFisca, never here.
"""

from __future__ import annotations

import json

from kb.exports.content import Content
from kb.exports.json_file import left_out
from kb.exports.models import Export
from kb.exports.openfisca.cases import case_file
from kb.exports.openfisca.formulas import inputs_file, variable_file
from kb.exports.openfisca.parameters import parameter_file
from kb.exports.openfisca.plans import Plan, plans

NAME = "openfisca_policykb"
LISTED = "left_out.json"
_SYSTEM = '''"""Amounts of Chinese official notices, as OpenFisca computes them."""

from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_policykb.entities import Application

_HERE = Path(__file__).parent


class CountryTaxBenefitSystem(TaxBenefitSystem):
    def __init__(self):
        super().__init__([Application])
        self.add_variables_from_directory(str(_HERE / "variables"))
        self.load_parameters(str(_HERE / "parameters"))
'''
_ENTITIES = '''"""Who claims: one application, whatever number of people it is for."""

from openfisca_core.entities import build_entity

Application = build_entity(
    key="application", plural="applications", label="申领", is_person=True
)
'''
_EXACT = '''"""Numbers of double precision, and what formulas share.

OpenFisca keeps floats in single precision, which is exact to 16,777,216 only.
"""

import numpy
from openfisca_core.variables import Variable


class Exact(Variable):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.dtype = numpy.float64


def steps(count, tiers):
    """The sum of a stepped rate: (up to how many, rate), None for the rest."""
    total, done = numpy.zeros(len(count)), 0
    for upto, rate in tiers:
        end = count if upto is None else numpy.minimum(count, upto)
        total = total + rate * numpy.maximum(0, end - done)
        done = done if upto is None else max(done, upto)
    return total


def reached(n, floor):
    """Whether the employment rate, or those employed of all, reach the floor in percent."""
    rate, employed = n("employment_rate"), n("employed")
    people = numpy.where(n("people") > 0, n("people"), n("certificates"))
    by_heads = (people > 0) & (employed * 100 >= floor * people)
    # 0.57 * 100 is 56.99999999999999
    return numpy.where(rate >= 0, numpy.round(rate * 100, 9) >= floor, by_heads)


def counted(n, name, floor):
    """All where the floor is reached, else those employed; part of a person is none."""
    rate, employed, everybody = n("employment_rate"), n("employed"), n(name)
    by_rate = numpy.floor(numpy.round(everybody * numpy.maximum(rate, 0), 6))
    few = numpy.where(employed >= 0, employed, by_rate)
    return numpy.where(reached(n, floor), everybody, few)
'''
_PROJECT = """[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "openfisca-policykb"
version = "1"
description = "Amounts of Chinese official notices"
requires-python = ">=3.11"
dependencies = ["openfisca-core>=46"]

[tool.setuptools.packages.find]
include = ["openfisca_policykb*"]

[tool.setuptools.package-data]
openfisca_policykb = ["parameters/**/*.yaml"]
"""
_README = """# openfisca-policykb

Written by `policykb export openfisca` as of {on}: {rules} amounts of {notices} notices.
OpenFisca is AGPL-3.0; install `openfisca-core` beside this package.

    PYTHONUTF8=1 PYTHONPATH=. openfisca test --country-package openfisca_policykb tests

- Every variable has the period DAY: give the numbers of an application for the day of the claim.
- `end` is the last day on which a rule holds. Outside its life a variable is 0.
- Variables tell how much, not whether: what must hold is in their `documentation`.
- `_at_most` is a ceiling of the text, and no sum; `_at_least` a floor.
- Numbers that are not given count as 0. Of `employed` and `employment_rate` give one; without both
  nobody is employed.
- `left_out.json` lists the rules that are not here, or only as parameters, and why.
"""


def package(content: Content) -> Export:
    """The package; ``left_out.json`` lists what it does not express."""
    found, left = plans(content)
    told = [left_out(one) for one in left]
    files = {
        "README.md": _readme(content, found),
        "pyproject.toml": _PROJECT.encode(),
        LISTED: (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(),
        f"{NAME}/__init__.py": _SYSTEM.encode(),
        f"{NAME}/entities.py": _ENTITIES.encode(),
        f"{NAME}/exact.py": _EXACT.encode(),
        f"{NAME}/variables/inputs.py": inputs_file(),
        f"{NAME}/parameters/rules/index.yaml": "description: 金额\n".encode(),
    }
    for plan in found:
        files[f"{NAME}/parameters/rules/{plan.name}.yaml"] = parameter_file(plan, content)
        if plan.sides:
            files[f"{NAME}/variables/{plan.name}.py"] = variable_file(plan)
            files[f"tests/{plan.name}.yaml"] = case_file(plan)
    return Export(files, left, LISTED)


def _readme(content: Content, found: tuple[Plan, ...]) -> bytes:
    paid = sum(bool(plan.sides) for plan in found)
    text = _README.format(notices=len(content.records), on=content.on, rules=paid)
    return text.encode()
