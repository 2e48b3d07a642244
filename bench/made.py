"""The document of a notice made up for measuring: 山西省, 2021, and what a bench asks for."""

from __future__ import annotations

from kb.schema import DocumentRecord, RegionRecord, SourceRecord


def document(
    name: str,
    number: str,
    text: str,
    *,
    region: str = "140000",
    issuers: tuple[str, ...] = (),
    issued: str | None = None,
    title: str | None = None,
) -> DocumentRecord:
    """The document ``name`` of 2021; ``issued`` is an ISO 8601 day, ``region`` a GB/T 2260 code."""
    return DocumentRecord(
        id=name,
        number=number,
        title=title,
        kind="通知",
        enclosed=None,
        issuers=issuers,
        addressees=(),
        copied_to=(),
        issued=issued,
        issued_year=2021,
        printed=None,
        publicity=None,
        region=RegionRecord(code=region, name="山西省", level="province"),
        attachments=(),
        contacts=(),
        portal={},
        source=SourceRecord(
            path=f"{name}.txt",
            sha256="0" * 64,
            media_type="text/plain",
            reader="text",
            characters=len(text),
            text_sha256="0" * 64,
        ),
    )
