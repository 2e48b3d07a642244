"""The bundled notices saved as Word documents say the same as the texts they are made from."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx_samples import notice

from corpus.models import SourceText
from corpus.readers import read
from corpus.readers.body import Body
from corpus.readers.word import reader
from extractor.pipeline import Extracted, extract

FOLDER = Path(__file__).parents[1] / "corpus" / "notices"
NOTICES = sorted(FOLDER.iterdir())


def original(path: Path) -> tuple[SourceText, Extracted]:
    source = read(path, root=FOLDER)
    return source, extract(source)


def saved(source: SourceText, body: Body) -> Extracted:
    """What is read from ``body``, which is ``source`` in another format."""
    again = replace(source, text=body.text, noise=body.noise, reflowed=body.reflowed)
    return extract(again)


def facts(read_so: Extracted) -> list[tuple[str, object]]:
    """Every rule as its clause and its values, in order."""
    return [(tag.clause, tag.fact) for tag in read_so.extraction.tags]


def assert_same(one: Extracted, other: Extracted) -> None:
    assert facts(other) == facts(one)
    first, second = one.extraction.notice, other.extraction.notice
    assert [(c.path, c.anchor) for c in second.clauses] == [
        (c.path, c.anchor) for c in first.clauses
    ]
    assert second.elements == first.elements
    assert [(t.clause, t.header, t.rows) for t in second.tables] == [
        (t.clause, t.header, t.rows) for t in first.tables
    ]


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
@pytest.mark.parametrize("definitions", [False, True])
def test_the_same_rules_are_read_from_a_docx(path, definitions):
    source, read_so = original(path)
    lines = read_so.normal.text.split("\n")
    body = reader.parse(notice(lines, definitions=definitions), "x.docx")
    assert_same(read_so, saved(source, body))
    assert body.findings == ()


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_the_numbers_are_nowhere_in_the_file(path):
    _, read_so = original(path)
    data = notice(read_so.normal.text.split("\n"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    assert not re.search(r">[一二三四五六七八九十]+、", document)
    lines = reader.parse(data, "x.docx").text.split("\n")
    assert sum(line.startswith(("一、", "二、", "三、")) for line in lines) >= 3
