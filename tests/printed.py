"""Prints texts to PDF as people do: from a browser and from an office program.

A text has a paragraph a line; lines with tabs are rows of a table.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

_CSS = """
body { font-family: "Noto Serif CJK SC"; font-size: 16px; line-height: 1.8; margin: 0 }
p { text-indent: 2em; margin: 0; text-align: justify }
table { border-collapse: collapse; width: 100% }
td { border: 1px solid #000; padding: 4px }
"""
_MARGINS = {"top": "25mm", "bottom": "25mm", "left": "28mm", "right": "26mm"}


def html_of(text: str, css: str = "") -> str:
    """``text`` as a web page; ``css`` comes after the usual style."""
    body = "".join(
        _html_table(rows) if parted else "".join(f"<p>{escape(line)}</p>\n" for line in rows)
        for parted, rows in _parts(text)
    )
    return (
        "<!doctype html><meta charset='utf-8'><title>通知</title>"
        f"<style>{_CSS}{css}</style>\n{body}"
    )


def _parts(text: str) -> Iterable[tuple[bool, list[str]]]:
    for parted, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        yield parted, list(lines)


def _html_table(rows: list[str]) -> str:
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row.split("\t")) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>\n"


def print_in_browser(browser, page: str, folder: Path, name: str) -> Path:
    """``page`` as Chromium prints it, with date, title, address and page numbers at the edges."""
    source, target = folder / f"{name}.html", folder / f"{name}.pdf"
    source.write_text(page, "utf-8")
    tab = browser.new_page()
    tab.goto(source.as_uri())
    tab.pdf(path=str(target), format="A4", margin=_MARGINS, display_header_footer=True)
    tab.close()
    return target


_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}"'
    for short, long in {
        "office": "office:1.0",
        "style": "style:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "fo": "xsl-fo-compatible:1.0",
    }.items()
)
_STYLES = """
<office:automatic-styles>
 <style:page-layout style:name="page">
  <style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
   fo:margin-top="3.7cm" fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm"/>
  <style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style>
 </style:page-layout>
 <style:style style:name="body" style:family="paragraph">
  <style:paragraph-properties fo:text-indent="1.13cm" fo:text-align="justify"
   fo:line-height="28pt" style:punctuation-wrap="simple"/>
  <style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"
   fo:font-family="'Noto Serif CJK SC'" style:font-family-asian="'Noto Serif CJK SC'"/>
 </style:style>
 <style:style style:name="cell" style:family="paragraph">
  <style:paragraph-properties style:punctuation-wrap="simple"/>
  <style:text-properties fo:font-size="12pt" style:font-size-asian="12pt"
   fo:font-family="'Noto Serif CJK SC'" style:font-family-asian="'Noto Serif CJK SC'"/>
 </style:style>
 <style:style style:name="box" style:family="table-cell">
  <style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/>
 </style:style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">
 <style:footer><text:p>— <text:page-number text:select-page="current"/> —</text:p></style:footer>
</style:master-page></office:master-styles>
"""


def office_text_of(text: str) -> str:
    """``text`` as a flat OpenDocument text, laid out as GB/T 9704-2012 has it."""
    body = "".join(
        _office_table(rows)
        if parted
        else "".join(f'<text:p text:style-name="body">{_spaced(line)}</text:p>' for line in rows)
        for parted, rows in _parts(text)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_STYLES}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _office_table(rows: list[str]) -> str:
    width = max(row.count("\t") + 1 for row in rows)
    lines = "".join(f"<table:table-row>{_office_cells(row)}</table:table-row>" for row in rows)
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f"<table:table>{columns}{lines}</table:table>"


def _office_cells(row: str) -> str:
    cell = '<table:table-cell table:style-name="box"><text:p text:style-name="cell">{}</text:p>'
    return "".join(cell.format(_spaced(words)) + "</table:table-cell>" for words in row.split("\t"))


def _spaced(words: str) -> str:
    return escape(words).replace("  ", " <text:s/>")


def save_in_office(program: str, texts: dict[str, str], kind: str, folder: Path) -> dict[str, Path]:
    """What LibreOffice makes of ``texts`` by their names: ``kind`` is pdf, docx, html or doc."""
    sources = []
    for name, text in texts.items():
        sources.append(folder / f"{name}.fodt")
        sources[-1].write_text(office_text_of(text), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", kind, "--outdir", folder, *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: folder / f"{name}.{kind}" for name in texts}
