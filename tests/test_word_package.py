"""A DOCX file is opened as Word opens it, and told in one line where it cannot be."""

import io
import zipfile

import pytest
from docx import Document
from docx_samples import Draft

from corpus.errors import DamagedDocument, DocumentError, LockedDocument, NotText, TooLarge
from corpus.limits import Limits
from corpus.readers.word import reader

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "<w:body><w:p><w:r><w:t>通知</w:t></w:r></w:p></w:body>"
BODY = f'<w:document xmlns:w="{MAIN}">{TEXT}</w:document>'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def relations(*rows: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{at}" Type="{TYPES}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(rows)
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def text_of(data: bytes, **limits: int) -> str:
    return reader.parse(data, "通知.docx", Limits(**limits)).text


def test_a_file_with_nothing_but_a_document():
    assert text_of(packed({"word/document.xml": BODY})) == "通知"


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("word/document2.xml", "word/document2.xml"),
        ("/word/document.xml", "word/document.xml"),
        ("WORD/Document.XML", "word/document.xml"),
        ("word\\document.xml", "word\\document.xml"),
        ("word/../doc%20a.xml", "doc a.xml"),
    ],
)
def test_the_document_is_where_the_file_says(target, name):
    parts = {"_rels/.rels": relations(("officeDocument", target)), name: BODY}
    assert text_of(packed(parts)) == "通知"


def test_references_that_lead_nowhere_or_out_are_passed_over():
    links = relations(("styles", "NULL"), ("numbering", "../../../../etc/passwd"), ("header", ""))
    parts = {"word/document.xml": BODY, "word/_rels/document.xml.rels": links}
    assert text_of(packed(parts)) == "通知"


def test_a_picture_that_is_gone_does_not_matter():
    data = io.BytesIO(Draft().paragraph("通知").bytes())
    with zipfile.ZipFile(data) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "word/_rels/document.xml.rels"
    gone = relations(("image", "NULL")).split(">", 1)[1].removesuffix("</Relationships>").encode()
    parts[name] = parts[name].replace(b"</Relationships>", gone + b"</Relationships>")
    # python-docx opens every part that is named, and gives up here
    with pytest.raises(KeyError, match="NULL"):
        Document(io.BytesIO(packed(parts)))
    assert text_of(packed(parts)) == "通知"


def test_broken_parts_beside_the_document_are_told():
    links = relations(("styles", "styles.xml"), ("numbering", "numbering.xml"))
    parts = {
        "word/document.xml": BODY,
        "word/_rels/document.xml.rels": links,
        "word/styles.xml": "<w:styles",
        "word/_rels/styles.xml.rels": "<x",
    }
    body = reader.parse(packed(parts), "通知.docx")
    assert body.text == "通知"
    assert [finding.message for finding in body.findings] == [
        "word/styles.xml is damaged and was passed over"
    ]


def test_a_strict_document_is_read_like_any_other():
    strict = BODY.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    types = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    root = relations(("officeDocument", "d.xml")).replace(TYPES, types)
    assert text_of(packed({"_rels/.rels": root, "d.xml": strict})) == "通知"


def test_utf_16_and_marks_at_the_beginning():
    declared = '<?xml version="1.0" encoding="UTF-16"?>' + BODY
    assert text_of(packed({"word/document.xml": declared.encode("utf-16")})) == "通知"
    assert text_of(packed({"word/document.xml": b"\xef\xbb\xbf" + BODY.encode()})) == "通知"


def test_pictures_are_never_unpacked():
    draft = Draft().paragraph("通知")
    data = io.BytesIO(draft.bytes())
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bmp", bytes(5_000_000))
    assert text_of(data.getvalue(), unpacked_bytes=2_000_000) == "通知"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", DamagedDocument, "no ZIP file"),
        (b"PK\x03\x04", DamagedDocument, "no ZIP file, or part of it is missing"),
        (b"hello", DamagedDocument, "no ZIP file"),
        (packed({"a.txt": "x"}), DamagedDocument, "holds no Word document"),
        (packed({"xl/workbook.xml": "x"}), NotText, r"a workbook \(xlsx\)"),
        (packed({"ppt/presentation.xml": "x"}), NotText, "a presentation"),
        (packed({"content.xml": "x"}), NotText, r"suffix \.odt"),
        (packed({"word/document.xml": "<w:document"}), DamagedDocument, "broken XML"),
        (packed({"word/document.xml": ""}), DamagedDocument, "broken XML"),
        (
            packed({"word/document.xml": "<!DOCTYPE w [<!ENTITY a 'b'>]>" + BODY}),
            DamagedDocument,
            "declares entities",
        ),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            LockedDocument,
            "needs a password",
        ),
        (b"\xd0\xcf\x11\xe0" + bytes(2000), NotText, r"old Office file.*suffix \.doc"),
        (
            packed({"word/document.xml": BODY}, zipfile.ZIP_LZMA),
            DocumentError,
            "packed in a way that cannot be read",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data, error, words):
    with pytest.raises(error, match=words) as caught:
        text_of(data)
    assert str(caught.value).startswith("通知.docx: ")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_an_entity_is_never_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", "utf-8")
    entity = f'<!DOCTYPE w [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    document = entity + BODY.replace("通知", "通知&s;")
    with pytest.raises(DamagedDocument, match="declares entities"):
        text_of(packed({"word/document.xml": document}))


def test_a_billion_laughs_end_soon():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    document = f'<!DOCTYPE w [<!ENTITY l0 "哈">{laughs}]>' + BODY.replace("通知", "&l11;")
    with pytest.raises(DamagedDocument):
        text_of(packed({"word/document.xml": document}))


def test_elements_nested_too_deep():
    inside = "<w:ins>" * 3000 + "</w:ins>" * 3000
    with pytest.raises(DamagedDocument, match=r"broken XML|nested deeper"):
        text_of(packed({"word/document.xml": BODY.replace("<w:p>", f"<w:p>{inside}")}))


def test_deep_nesting_that_the_parser_takes_is_read_or_told():
    inner = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
    for _ in range(75):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    body = BODY.replace("<w:body>", f"<w:body>{inner}")
    assert text_of(packed({"word/document.xml": body})) == "底\n通知"


# ── limits of packed files ──


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = packed({"word/document.xml": bytes(300_000_000)})
    assert len(bomb) < 400_000
    with pytest.raises(TooLarge, match=r"more than 268\.4 MB.*unpacked_bytes under \[limits\]"):
        text_of(bomb)
    with pytest.raises(TooLarge, match=r"unpacks to \d+ times its size.*unpacked_ratio"):
        text_of(bomb, unpacked_bytes=10**9)


def test_too_many_files_are_refused():
    crowd = packed({f"{n}.xml": "" for n in range(30)})
    with pytest.raises(TooLarge, match=r"holds 30 files, the limit is 20.*packed_files"):
        text_of(crowd, packed_files=20)
    # a directory so long that making a record of each entry would cost gigabytes
    with pytest.raises(TooLarge, match="holds 30 files"):
        text_of(crowd, packed_files=1)


def test_a_member_that_lies_about_its_size_is_damage():
    data = bytearray(packed({"word/document.xml": BODY.encode() + b" " * 100_000}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(DamagedDocument, match=r"damaged|not as long as it says"):
        text_of(bytes(data))


def test_a_member_with_a_password_is_told():
    data = bytearray(packed({"word/document.xml": BODY}))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    with pytest.raises(LockedDocument, match=r'"word/document\.xml" needs a password'):
        text_of(bytes(data))


def test_a_flipped_byte_is_found_by_the_checksum():
    data = bytearray(packed({"word/document.xml": BODY}, zipfile.ZIP_STORED))
    data[data.index("通知".encode())] ^= 1
    with pytest.raises(DamagedDocument, match="damaged"):
        text_of(bytes(data))
