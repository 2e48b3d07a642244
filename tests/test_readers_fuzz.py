"""Whatever happens to the bytes of a document, it is read or told of in one line, never worse."""

import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator

import html_samples
import pytest
from docx_samples import OFFICIAL, Draft, cell, run, table
from pdf_samples import pdf, rows, typed

from corpus.errors import DocumentError
from corpus.limits import Limits
from corpus.readers import guard
from corpus.readers.body import Body

#: how often, and for how many seconds at most; what is found is the same in every run
ROUNDS, SECONDS = 100, 4
_LIMITS = Limits(document_seconds=5, unpacked_bytes=20_000_000, packed_files=200)
_ODD = (
    "",
    "-1",
    "0",
    "999999999999",
    "９",
    "一",
    "true",
    "none",
    "NULL",
    "%1%2%9",
    "\u0663",
    "1e9",
)


def document() -> bytes:
    """A document with something of everything."""
    draft = Draft()
    official = draft.list_of(draft.levels(*OFFICIAL))
    for at, text in ((0, "目标"), (1, "培训"), (2, "甲"), (1, "取证"), (0, "保障")):
        draft.numbered(text, official, at)
    wide = '<w:gridSpan w:val="2"/>'
    merged = (
        cell("甲", '<w:vMerge w:val="restart"/>') + cell("乙"),
        cell("", "<w:vMerge/>") + cell("丙"),
    )
    draft.add(table(cell("单位", wide), *merged, cell("10") + cell("20")))
    box = f"<v:textbox><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></v:textbox>"
    draft.add(f"<w:p><w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>{run('文')}</w:p>")
    draft.add(f"<w:p><w:ins>{run('增')}</w:ins><w:del>{run('删')}</w:del></w:p>")
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{run("域")}'
        for kind in ("begin", "separate", "end")
    )
    draft.add(f'<w:p>{field}<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:br/><w:tab/></w:r></w:p>')
    draft.add(f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>")
    draft.document.sections[0].footer.paragraphs[0].text = "— 1 —"
    return draft.bytes()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], level: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def with_bytes_changed(data: bytes, dice: random.Random) -> bytes:
    """Bytes flipped, a stretch cut, repeated or moved, the end missing."""
    mutant = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(mutant))
        size = min(dice.randint(1, 400), len(mutant) - at)
        kind = dice.randrange(5)
        if kind == 0:
            mutant[at] = dice.randrange(256)
        elif kind == 1:
            del mutant[at : at + size // 8]
        elif kind == 2:
            mutant[at:at] = mutant[at : at + size]
        elif kind == 3:
            other = dice.randrange(len(mutant))
            mutant[at : at + 4] = mutant[other : other + 4]
        elif len(mutant) > 100:
            del mutant[dice.randint(50, len(mutant) - 1) :]
    return bytes(mutant)


def with_parts_changed(parts: dict[str, bytes], dice: random.Random) -> bytes:
    """Elements and values changed inside the parts, in a file that is whole."""
    changed = dict(parts)
    for _ in range(dice.randint(1, 5)):
        name = dice.choice([n for n in changed if n.endswith((".xml", ".rels"))])
        changed[name] = _changed(changed[name].decode("utf-8", "replace"), dice).encode()
    if dice.random() < 0.1:
        del changed[dice.choice(list(changed))]
    return packed(changed)


def _changed(source: str, dice: random.Random) -> str:
    tags = list(re.finditer(r"<[^<>]+>", source))
    values = list(re.finditer(r'="([^"]*)"', source))
    if not tags or not values:
        return source
    one, other = dice.choice(tags), dice.choice(tags)
    value = dice.choice(values)
    kind = dice.randrange(6)
    if kind == 0:
        return source[: one.start()] + source[one.end() :]
    if kind == 1:
        return source[: one.start()] + one[0] + source[one.start() :]
    if kind == 2:
        return source[: one.start()] + other[0] + source[one.end() :]
    if kind == 3:
        first, last = sorted((one.start(), other.start()))
        return source[:last] + source[first:last] + source[last:]
    if kind == 4:
        return source[: value.start(1)] + dice.choice(_ODD) + source[value.end(1) :]
    return source[: value.start(1)] + dice.choice(values)[1] + source[value.end(1) :]


def assert_read_or_told(parse: Callable[[bytes], Body], data: bytes) -> bool:
    """Whether ``data`` was read; anything but a body or an error for the user fails."""
    try:
        body = parse(data)
    except DocumentError as error:
        said = str(error)
        assert "\n" not in said and len(said) < 500
        assert error.remedy
        # the guard has caught what the reader should have
        assert "its reader" not in said
        return False
    assert all(span.end <= len(body.text) for span in body.noise)
    assert all(start <= len(body.text) for start in body.page_starts)
    assert not re.search("[\x0e\x0f\v]", body.text)
    return True


def rounds() -> Iterator[int]:
    """The seeds of as many rounds as there is time for."""
    end = time.monotonic() + SECONDS
    for seed in range(ROUNDS):
        if time.monotonic() > end:
            return
        yield seed


def through(parse: str, name: str) -> Callable[[bytes], Body]:
    """Reads as the program does, in the guarded process."""
    return lambda data: guard.run(parse, data, name, _LIMITS)


read_docx = through("corpus.readers.word.reader:parse", "x.docx")
read_bundle = through("corpus.readers.bundle.reader:parse", "x.zip")
read_pdf = through("corpus.readers.pdf.reader:parse", "x.pdf")
read_page = through("corpus.readers.html.reader:parse", "x.html")


@pytest.fixture(scope="module")
def sample() -> bytes:
    return document()


def test_documents_with_bytes_changed(sample):
    outcomes = [
        assert_read_or_told(read_docx, with_bytes_changed(sample, random.Random(seed)))
        for seed in rounds()
    ]
    # both happen, or the test would not be looking at anything
    assert True in outcomes and False in outcomes


def test_documents_with_parts_changed(sample):
    parts = members(sample)
    outcomes = [
        assert_read_or_told(read_docx, with_parts_changed(parts, random.Random(seed)))
        for seed in rounds()
    ]
    assert True in outcomes and False in outcomes


def test_bundles_with_bytes_changed(sample):
    notice, annex = "关于培训的通知\n一、目标\n".encode(), b"PK"
    inner = packed({"附件2.txt": "一、任务".encode()})
    files = {"通知.txt": notice, "附件1.docx": sample, "附件.zip": inner, "x.bin": annex}
    bundle = packed(files, level=0)
    outcomes = [
        assert_read_or_told(read_bundle, with_bytes_changed(bundle, random.Random(seed)))
        for seed in rounds()
    ]
    assert True in outcomes and False in outcomes


def printed_twice() -> bytes:
    """A PDF with paragraphs over two pages, a table, a picture, page numbers and a box."""
    sheets = typed([f"（{at}）各乡镇完成培训{at}00人次，补贴{at}万元。" * 2 for at in range(1, 20)])
    rows(sheets[-1], [["职业", "标准"], ["电工", "1000元"]], 600)
    sheets[0].picture(400, 650, 80, 80).bold("文号：1", 80, 40, 10)
    return pdf(*sheets)


def with_words_changed(data: bytes, dice: random.Random) -> bytes:
    """Numbers, names and brackets of a PDF, or of a page, changed for others of it."""
    words = list(re.finditer(rb"/\w+|\d+|<<|>>|\[|\]|[A-Za-z]{1,9}|</?\w+|[\"'>]", data))
    mutant = data
    for _ in range(dice.randint(1, 6)):
        one, other = dice.choice(words), dice.choice(words)
        put = dice.choice((other[0], b"", b"-1", b"99999999999", one[0] * 2, b"0"))
        mutant = mutant[: one.start()] + put + mutant[one.end() :]
    return mutant


MUTATIONS = [with_bytes_changed, with_words_changed]


@pytest.mark.parametrize("change", MUTATIONS)
def test_changed_pdfs(change):
    data = printed_twice()
    outcomes = [assert_read_or_told(read_pdf, change(data, random.Random(n))) for n in rounds()]
    assert True in outcomes and False in outcomes


@pytest.mark.parametrize("change", MUTATIONS)
def test_changed_pages(change):
    data = html_samples.page(html_samples.BODY + html_samples.BUTTONS).encode()
    outcomes = [assert_read_or_told(read_page, change(data, random.Random(n))) for n in rounds()]
    # bytes of a page may break its encoding; its words never do
    assert True in outcomes
