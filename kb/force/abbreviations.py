"""Tells whether the code of a document number (杭房公委) may be short for an issuer's name.

Its characters stand in the name, in their order; more than that no code tells.
"""

from __future__ import annotations

from extractor.regions import load
from kb.schema import Record


def abbreviates(code: str, record: Record) -> bool:
    """Whether 机关代字 such as 杭房公委 takes its characters, in order, from an issuer's name.

    A province may open it (晋 for 山西), and a kind of document may end it (发, 函).
    """
    region, province = record.document.region, load().province_of_code(code)
    if region and province and province.code[:2] == region.code[:2]:
        code = code[1:]
    body = code.rstrip("发函字令告规电文")
    return len(body) > 1 and any(in_order(body, issuer) for issuer in record.document.issuers)


def in_order(code: str, name: str) -> bool:
    """Whether the characters of ``code`` stand in ``name`` one after another."""
    letters = iter(name)
    return all(letter in letters for letter in code)
