"""Notices of other provinces, ministries and decades: each gives an outline and rules, or says why
it does not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import readers
from corpus.errors import NeedsOcr
from extractor.pipeline import extract
from kb.records import record_of

REAL = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "real"
NOTICES = sorted(
    (path for path in REAL.glob("*") if path.suffix in (".pdf", ".html", ".txt")),
    key=lambda path: path.name,
)
#: pages that are pictures alone
SCANS = {"08_moe_sci_scan.pdf", "09_moe_patent_glyphimg.pdf"}


def test_there_are_notices_to_look_at():
    if not NOTICES:
        pytest.skip("the notices lie in ../shared, which is not here")
    assert len(NOTICES) >= 33


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_a_notice_gives_an_outline_and_rules_or_says_why_not(path):
    if path.name in SCANS:
        with pytest.raises(NeedsOcr) as refused:
            readers.read(path, root=REAL)
        assert "--ocr" in str(refused.value)
        return
    source = readers.read(path, root=REAL)
    record = record_of(extract(source), source)
    assert len(record.clauses) >= 2
    assert record.rules
    assert {"department", "amount", "deadline"} & {rule.kind for rule in record.rules}
    for rule in record.rules:
        assert record.text[slice(*rule.span)] == rule.quote
