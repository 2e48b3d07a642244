"""Whatever happens to the bytes of a DOCX file or a bundle, it is read or told of, never worse."""

import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator

import pytest
from docx_samples import OFFICIAL, Draft, cell, run, table

from corpus.errors import DocumentError
from corpus.limits import Limits
from corpus.readers.body import Body
from corpus.readers.bundle import reader as bundle_reader
from corpus.readers.word import reader

#: how often, and for how many seconds at most; what is found is the same in every run
ROUNDS, SECONDS = 100, 6
_LIMITS = Limits(unpacked_bytes=20_000_000, packed_files=200)
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
        return False
    assert all(span.end <= len(body.text) for span in body.noise)
    assert not re.search("[\x0e\x0f\v]", body.text)
    return True


def rounds() -> Iterator[int]:
    """The seeds of as many rounds as there is time for."""
    end = time.monotonic() + SECONDS
    for seed in range(ROUNDS):
        if time.monotonic() > end:
            return
        yield seed


def read_docx(data: bytes) -> Body:
    return reader.parse(data, "x.docx", _LIMITS)


def read_bundle(data: bytes) -> Body:
    return bundle_reader.parse(data, "x.zip", _LIMITS)


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
