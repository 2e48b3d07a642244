"""Reads DOCX, the format of Word and of today's WPS: the text as printed, changes accepted.

Every line of the text is a whole paragraph or a row of a table; headers and footers are left out
and counted.
"""

from __future__ import annotations

from corpus.errors import DamagedDocument, NeedsOcr
from corpus.limits import USUAL, Limits
from corpus.models import Finding
from corpus.readers.body import Body
from corpus.readers.word.marked import bare, body
from corpus.readers.word.package import Package, open_package
from corpus.readers.word.story import Story


def parse(data: bytes, shown: str, limits: Limits = USUAL) -> Body:
    """The text of the DOCX file ``data``, named ``shown``; raises a ``DocumentError``."""
    try:
        package = open_package(data, shown, limits)
        story = Story(package.main())
        text = "\n".join(story.lines())
    except RecursionError:
        what = "its elements are nested deeper than any program writes them"
        remedy = "Open it in Word or WPS and save it anew."
        raise DamagedDocument(what, where=shown, remedy=remedy) from None
    findings = (*_broken(package), *story.findings())
    _refuse_pictures_alone(text, findings, shown)
    return body(text, "utf-8", findings, story.furniture)


def _broken(package: Package) -> tuple[Finding, ...]:
    return tuple(
        Finding("warning", "broken-part", f"{name} is damaged and was passed over")
        for name in package.broken
    )


def _refuse_pictures_alone(text: str, findings: tuple[Finding, ...], shown: str) -> None:
    if not bare(text).strip() and any(
        finding.message.startswith("picture") for finding in findings
    ):
        what = "there is no text in this file, only pictures of it"
        remedy = "Recognise the text first (OCR), and save it as DOCX."
        raise NeedsOcr(what, where=shown, remedy=remedy)
