"""A bundle of a notice and its annexes is one document, whatever its files are called."""

import io
import stat
import struct
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from docx_samples import Draft, cell, table

from corpus.errors import DamagedDocument, DocumentError, EmptyDocument, TooLarge
from corpus.limits import Limits
from corpus.models import SourceText
from corpus.readers import formats, read
from corpus.readers.body import Body
from corpus.readers.bundle import reader
from extractor.pipeline import extract

NOTICE = """文水县财政局文件
文财字〔2021〕8号
文水县财政局关于发放培训补贴的通知
各乡镇人民政府：
一、补贴标准
对企业职工给予每人300元培训补贴。
附件：1.任务分解表
2.工作流程
文水县财政局
2021年3月1日
"""
ANNEX = "一、任务\n各乡镇完成培训500人。\n"


def bundle(files: dict[str, str | bytes], encoding: str = "utf-8") -> bytes:
    """A ZIP file whose names are written in ``encoding``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            # names that are not marked as UTF-8 are written as they are by older programs
            raw = name if encoding == "utf-8" else name.encode(encoding).decode("cp437")
            info = zipfile.ZipInfo(raw)
            data = content.encode() if isinstance(content, str) else content
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue() if encoding == "utf-8" else _unmarked(stream.getvalue())


def _unmarked(data: bytes) -> bytes:
    """The archive as an old program writes it: names in bytes of its own, nothing said of them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(info.filename.encode("cp437"), archive.read(info)) for info in archive.infolist()]
    directory = b""
    for name, content in files:
        at = stream.tell()
        sizes = struct.pack("<III", zipfile.crc32(content), len(content), len(content))
        head = struct.pack("<HHHHH", 20, 0, 0, 0, 33) + sizes + struct.pack("<HH", len(name), 0)
        stream.write(b"PK\x03\x04" + head + name + content)
        rest = struct.pack("<HHHII", 0, 0, 0, 0, at)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + rest + name
    start, count = stream.tell(), len(files)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0)
    return stream.getvalue() + directory + b"PK\x05\x06" + end


def parse(files: dict[str, str | bytes], **limits: int) -> Body:
    return reader.parse(bundle(files), "通知.zip", Limits(**limits))


def unread(body: Body) -> list[str]:
    return [
        f.message.split(" in the bundle")[0] for f in body.findings if f.code == "bundle-member"
    ]


def source_of(body: Body) -> SourceText:

    return SourceText(
        text=body.text,
        path=PurePosixPath("通知.zip"),
        sha256="0" * 64,
        media_type="application/zip",
        reader="bundle",
        encoding=body.encoding,
        noise=body.noise,
        reflowed=body.reflowed,
    )


# ── which file is what ──


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_notice_with_its_annexes(encoding):
    files = {"附件2：工作流程.txt": "1. 申请。", "通知.txt": NOTICE, "附件1 任务分解表.txt": ANNEX}
    body = reader.parse(bundle(files, encoding), "通知.zip")
    annexes = "附件1\n任务分解表\n一、任务\n各乡镇完成培训500人。\n\n附件2\n工作流程\n1. 申请。"
    assert body.text == f"{NOTICE}\n{annexes}"
    assert body.findings[-1].message == (
        '"通知.txt" is the notice; "附件1 任务分解表.txt" is 附件1; "附件2：工作流程.txt" is 附件2'
    )


def test_the_outline_knows_the_annexes():
    files = {
        "通知.txt": NOTICE,
        "附件1 任务分解表.txt": ANNEX,
        "附件2 工作流程.txt": "一、申请\n填表。",
    }
    read_so = extract(source_of(parse(files))).extraction
    paths = [(clause.path, clause.heading) for clause in read_so.notice.clauses]
    assert paths == [
        *(("一", "补贴标准"), ("附件1", "任务分解表"), ("附件1/一", "任务")),
        *(("附件2", "工作流程"), ("附件2/一", "申请")),
    ]
    assert {tag.clause for tag in read_so.tags} >= {"一", "附件1/一"}


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (("附件10.txt", "附件2.txt", "附件1.txt"), "附件1 附件2 附件10"),
        (("附件二.txt", "附件十一.txt", "附件三.txt"), "附件2 附件3 附件11"),
        (("附表1.txt", "附录 2.txt", "附 件3.txt"), "附件1 附件2 附件3"),
        (("Annex 2 form.txt", "annex1.txt", "Attachment-3.txt"), "附件1 附件2 附件3"),
        (("02-附件1.txt", "03_附件（2）.txt", "04 附件3：表.txt"), "附件1 附件2 附件3"),
        (("附件/甲表.txt", "附件/乙表.txt"), "附件1 附件2"),
        (("附件2/甲.txt", "附件1/甲.txt"), "附件1 附件2"),
        (("附件.txt",), "附件"),
        (("附件：申报表.txt",), "附件"),
        # named by no number: the list in the notice knows, else the first that is free
        (("附件 工作流程.txt", "附件 任务分解表.txt"), "附件1 附件2"),
        (("工作流程.txt",), "附件2"),
        (("附件1.txt", "附件 其他.txt"), "附件1 附件2"),
    ],
)
def test_annexes_are_numbered_by_name(names, labels):
    body = parse({"通知.txt": NOTICE, **dict.fromkeys(names, "第一行\n第二行\n")})
    below = body.text.removeprefix(NOTICE)
    assert " ".join(line for line in below.split("\n") if line.startswith("附件")) == labels


def test_the_list_in_the_notice_gives_number_and_title():
    body = parse({"通知.txt": NOTICE, "工作流程.txt": "第一步\n", "附件1.txt": "第一条\n"})
    assert (
        body.text.removeprefix(NOTICE + "\n")
        == "附件1\n任务分解表\n第一条\n\n附件2\n工作流程\n第一步\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        # its own heading is said once
        ("附件1：任务分解表.txt", "附件1\n任务分解表\n内容", "附件1\n\n任务分解表\n内容"),
        ("附件1.txt", "\n 附件 一：\n任务分解表\n内容", "附件1\n\n \n任务分解表\n内容"),
        ("附件1.txt", "附件1：任务分解表\n内容", "附件1\n任务分解表\n内容"),
        # and its title too
        ("附件1 任务分解表.txt", "任务分解\n表\n内容", "附件1\n任务分解\n表\n内容"),
        ("附件1 《任务分解表》(1).txt", "任务分解表\n内容", "附件1\n任务分解表\n内容"),
        ("附件1 表 - 副本.txt", "内容", "附件1\n表\n内容"),
        # a list would look like the list of annexes
        ("附件3.txt", "1. 甲\n2. 乙", "附件3\n附件3\n1. 甲\n2. 乙"),
        ("附件1.md", "# 附件1\n## 任务分解表\n内容", "附件1\n\n任务分解表\n内容"),
    ],
)
def test_the_heading_of_an_annex(name, text, seen):
    body = parse({"通知.txt": NOTICE, name: text})
    assert body.visible.removeprefix(NOTICE + "\n") == seen


def test_the_longest_of_several_is_the_notice():
    body = parse({"a解读.txt": "短。", "通知.txt": NOTICE, "附件1.txt": "长" * 1000})
    assert body.text.startswith(NOTICE)
    assert '"a解读.txt" is 附件2' in body.findings[-1].message


def test_where_all_are_annexes_the_longest_is_read_as_the_notice():
    body = parse({"附件1.txt": ANNEX, "附件2.txt": NOTICE})
    assert body.text.startswith(NOTICE)


def test_files_of_several_kinds():
    document = Draft().paragraph("关于培训的通知").paragraph("一、目标").bytes()
    form = Draft().add(table(cell("单位") + cell("任务"), cell("甲校") + cell("10")))
    files = {"通知.docx": document, "附件1 任务表.docx": form.bytes(), "附件2.md": "**流程**\n"}
    body = parse(files)
    assert body.visible == (
        "关于培训的通知\n一、目标\n附件1\n任务表\n单位\t任务\n甲校\t10\n附件2\n流程\n"
    )
    assert not body.reflowed
    assert parse({name: files[name] for name in list(files)[:2]}).reflowed
    assert all(span.of(body.text) == "**" for span in body.noise)


def test_of_the_same_file_in_two_formats_one_is_read():
    document = Draft().paragraph("关于培训的通知").bytes()
    body = parse({"通知.txt": "旧\n", "通知.docx": document, "通知.wps": b"?"})
    assert body.text == "关于培训的通知"
    assert unread(body) == ['"通知.wps"', '"通知.txt"']
    assert [f.severity for f in body.findings if f.code == "bundle-member"] == ["info", "info"]
    # the better one is broken: the other is read
    assert parse({"通知.txt": "旧\n", "通知.docx": b"?"}).text == "旧\n"


def test_places_in_annexes_move_with_them():
    form = Draft()
    form.add(
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r><w:r><w:t>表</w:t></w:r></w:p>'
    )
    body = parse(
        {"通知.md": "# 通知\n", "附件1 表.md": "## 表\n**粗**", "附件2 图.docx": form.bytes()}
    )
    assert body.visible == "通知\n\n附件1\n表\n粗\n附件2\n图\n〓表"
    assert body.findings[0].message.startswith("附件2 (附件2 图.docx): sign of an unknown font")


def paged(data: bytes, where: str, limits: Limits) -> Body:
    return Body("第一页\n第二页", "utf-8", page_starts=(0, 4))


def test_pages_count_on_only_where_all_files_have_them(monkeypatch):
    form = replace(formats.BY_SUFFIX[".text"], parse=f"{__name__}:paged")
    monkeypatch.setitem(formats.BY_SUFFIX, ".text", form)
    body = parse({"通知.text": "x", "附件1.text": "x"})
    assert [body.text[at : at + 3] for at in body.page_starts] == ["第一页", "第二页"] * 2
    assert parse({"通知.text": "x", "附件1.txt": "文"}).page_starts == ()


# ── folders, bundles in bundles, what cannot be read ──


def test_folders_and_litter():
    files = {
        "文件/": b"",
        "文件/通知.txt": NOTICE,
        "__MACOSX/文件/._通知.txt": b"\0\1",
        "文件/.DS_Store": b"\0",
        "文件/~$通知.docx": b"\0",
        "Thumbs.db": b"\0",
    }
    body = parse(files)
    assert body.text == NOTICE
    assert [finding.code for finding in body.findings] == ["bundle"]


def test_a_bundle_in_a_bundle_is_read_one_level_deep():
    innermost = bundle({"附件9.txt": "太深"})
    inner = bundle({"附件1.txt": ANNEX, "更深.zip": innermost})
    body = parse({"通知.txt": NOTICE, "附件.zip": inner})
    assert body.text == f"{NOTICE}\n附件1\n任务分解表\n{ANNEX}"
    assert unread(body) == ['"附件/更深.zip"']


def test_names_in_a_folder_of_an_annex():
    body = parse({"通知.txt": NOTICE, "附件.zip": bundle({"表.txt": "甲"})})
    assert body.text.endswith("附件\n表\n甲")


def test_members_that_cannot_be_read_are_told_and_the_rest_is_read():
    locked = bytearray(bundle({"锁.txt": "x"}))
    for at in (locked.index(b"PK\x03\x04") + 6, locked.index(b"PK\x01\x02") + 8):
        locked[at] |= 1
    files = {
        "通知.txt": NOTICE,
        "附件1.xlsx": b"PK",
        "附件2.docx": b"?",
        "附件3.txt": b"",
        "附件4.zip": b"?",
        "附件5.zip": bytes(locked),
        "附件6": b"x",
    }
    messages = [finding.message for finding in parse(files).findings[1:]]
    assert messages == [
        '"附件1.xlsx" in the bundle is not read: there is no reader for this kind of file',
        '"附件2.docx" in the bundle is not read: this is no ZIP file, or part of it is missing '
        "(File is not a zip file)",
        '"附件3.txt" in the bundle is not read: there is no text in it',
        '"附件4.zip" in the bundle is not read: this is no ZIP file, or part of it is missing '
        "(File is not a zip file)",
        '"附件5/锁.txt" in the bundle is not read: "锁.txt" needs a password',
        '"附件6" in the bundle is not read: there is no reader for this kind of file',
    ]


def test_a_notice_that_cannot_be_read_is_not_replaced_by_an_annex():
    with pytest.raises(DamagedDocument, match=r"^通知\.zip/通知\.docx: this is no ZIP file"):
        parse({"通知.docx": b"?", "附件1.txt": ANNEX})


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, r"no file in this bundle"),
        ({"文件/": b"", ".hidden": b"x"}, r"no file in this bundle"),
        ({"a.xlsx": b"x", "b.png": b"x"}, r'nothing in this .* "a\.xlsx" .* \(and 1 more\)'),
        ({"a.txt": b" \n"}, "there is no text in it"),
    ],
)
def test_a_bundle_of_nothing(files, words):
    with pytest.raises(EmptyDocument, match=words) as caught:
        parse(files)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


# ── safety ──


@pytest.mark.parametrize(
    "name",
    ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:\\out.txt", "c:/out.txt", "..\\out.txt"],
)
def test_a_member_that_leads_out_is_refused(name):
    with pytest.raises(DamagedDocument, match=r"leads out of the bundle.*plain files"):
        parse({"通知.txt": NOTICE, name: "x"})


def test_a_link_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("通知.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(DamagedDocument, match=r'"通知\.txt" leads out'):
        reader.parse(stream.getvalue(), "通知.zip")


def test_a_backslash_that_is_half_of_a_character_parts_no_folders():
    # 淺 is b"\x9c\\" in GB18030
    assert "淺".encode("gb18030").endswith(b"\\")
    data = bundle({"淺析通知关于培训的.txt": NOTICE}, "gb18030")
    message = reader.parse(data, "通知.zip").findings[-1].message
    assert message == '"淺析通知关于培训的.txt" is the notice'


def test_a_bomb_makes_the_whole_bundle_one():
    inner = bundle({"附件1.txt": bytes(3_000_000)})
    for files in ({"附件1.txt": bytes(3_000_000)}, {"附件.zip": inner}):
        with pytest.raises(TooLarge, match=r"unpacked it has more than 2\.0 MB"):
            parse({"通知.txt": NOTICE, **files}, unpacked_bytes=2_000_000)


def test_files_in_inner_bundles_draw_on_the_same_limit():
    inner = bundle({"a.txt": b"x" * 900_000})
    files = {f"附件{n}.zip": inner for n in range(1, 4)}
    with pytest.raises(TooLarge):
        parse({"通知.txt": NOTICE, **files}, unpacked_bytes=2_000_000)


def test_too_many_members():
    with pytest.raises(TooLarge, match="holds 51 files, the limit is 50"):
        parse({"通知.txt": NOTICE, **{f"{n}.txt": "" for n in range(50)}}, packed_files=50)


def test_names_that_would_break_a_message():
    body = parse({"通知.txt": NOTICE, "a\nb\x1b[31m" + "长" * 200 + ".xls": b"x"})
    message = body.findings[-1].message
    assert message.startswith('"a?b?[31m长')
    assert "\n" not in message and len(message) < 200


def test_a_bundle_is_read_through_the_door(tmp_path):
    path = tmp_path / "通知.zip"
    path.write_bytes(bundle({"通知.txt": NOTICE, "附件1.txt": ANNEX}))
    source = read(path, root=tmp_path)
    assert (source.reader, source.media_type) == ("bundle", "application/zip")
    assert str(source.path) == "通知.zip"
    assert "附件1\n" in source.text


def test_the_real_notices_with_an_annex_each():
    folder = Path(__file__).parents[1] / "corpus" / "notices"
    for path in sorted(folder.iterdir()):
        alone = read(path, root=folder)
        data = bundle({path.name: path.read_bytes(), "附件9 另表.txt": "一、另行规定\n每人100元。"})
        both = reader.parse(data, "x.zip")
        assert both.text.startswith(alone.text)
        found = extract(source_of(both)).extraction
        assert tuple(c.path for c in found.notice.clauses[-1:-3:-1]) == ("附件9/一", "附件9")


def test_every_error_of_a_bundle_is_a_document_error():
    for data in (b"", b"PK\x05\x06" + bytes(18), b"x" * 100):
        with pytest.raises(DocumentError):
            reader.parse(data, "x.zip")
