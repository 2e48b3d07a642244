"""Readers give the words of a file where they stand, and say which characters are only marks."""

import hashlib
import os
import re
from itertools import pairwise
from pathlib import Path, PurePosixPath

import pytest
from conftest import needs_permissions
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import EmptyDocument, TooLarge, UnknownFormat, UnreadableDocument
from corpus.limits import Limits
from corpus.readers import read, shown_path
from corpus.readers.body import Body
from corpus.readers.formats import FORMATS, SUFFIXES
from corpus.readers.markdown import mark

ROOT = Path(__file__).parents[1]


def visible(source: str) -> str:
    text, noise = mark(source)
    assert len(text) == len(source)
    return Body(text, "utf-8", noise).visible


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("# 山西\n## **二、培训**\n", "山西\n二、培训\n"),
        ("#一、目标 ##", "一、目标"),
        ("   ### 三", "三"),
        ("C# 语言\n####### 七", "C# 语言\n####### 七"),
        ("**（一） **经费", "（一） 经费"),
        ("**甲** 和 **乙**", "甲 和 乙"),
        ("开展**“技能”**工作", "开展“技能”工作"),
        ("**粗\n体**跨行", "粗\n体跨行"),
        ("***全***", "全"),
        ("  __重点__ 任务", "  重点 任务"),
        ("这是 *重点* 任务", "这是 重点 任务"),
        # what looks like a mark and is none
        ("张**、李**同志", "张**、李**同志"),
        ("张*明、李*华", "张*明、李*华"),
        ("自__年__月__日起", "自__年__月__日起"),
        ("姓名：________", "姓名：________"),
        ("单价3*5*2", "单价3*5*2"),
        ("**未完\n\n成**", "**未完\n\n成**"),
        ("《<办法>》", "《<办法>》"),
        ("晋[2019](通知)68号", "晋[2019](通知)68号"),
        ("- 9 -\n— 9 —", "- 9 -\n— 9 —"),
        # marks of other kinds
        ("- 一项\n* 二项\n  - 三项", "一项\n二项\n  三项"),
        ("> 引文\n> > 再引", "引文\n再引"),
        ("<https://a.b/c?d=1>和<x@y.cn>", "https://a.b/c?d=1和x@y.cn"),
        ("[标题](http://x.y/z)见", "标题见"),
        ("![图](a.png)下", "下"),
        ("甲<!-- 注\n释 -->乙<!-- 未完", "甲乙<!-- 未完"),
        ("1\\. 项 \\*不\\* \\#", "1. 项 *不* #"),
        ("一\n***\n---\n___\n二", "一\n\n\n\n二"),
        ("题\n===\n文", "题\n\n文"),
        ("`x`和A&amp;B&nbsp;<br>", "x和A&B"),
        ("```\n码\n```", "\n码\n"),
        ("---\ntitle: x\ntags:\n- a\n---\n正文", "正文"),
        ("\ufeff甲\x07乙", "甲乙"),
        # tables of pipes
        ("| a | b |\n|---|:-:|\n| 1 |  |\n|  | 2 |\n\n后|文", "a\t|b\n1\t|\n\t|2\n\n后|文"),
        ("a | b\n--|--\n1 | 2\n", "a\t|b\n1\t|2\n"),
        ("| **a** | b\\|c |\n|-|-|\n", "a\t|b|c\n"),
        ("没有|分隔|行", "没有|分隔|行"),
    ],
)
def test_markdown_marks_are_noise(source, seen):
    assert visible(source) == seen


@given(st.text(st.sampled_from("一甲1 \n*_#|-[]()<>!\\`&=:~\t"), max_size=60))
def test_markdown_only_puts_tabs_at_pipes(source):
    text, noise = mark(source)
    changed = [at for at, (a, b) in enumerate(zip(source, text, strict=True)) if a != b]
    assert {text[at] for at in changed} <= {"\t"}
    assert all("|" in source[at : at + 2] for at in changed)
    assert list(noise) == sorted(noise)
    assert all(a.end < b.start for a, b in pairwise(noise))
    kept = Body(text, "utf-8", noise).visible
    # words are never taken away but in addresses, attributes and comments
    if not set("<[!`&~:") & set(source):
        assert kept.count("甲") == source.count("甲")


@pytest.mark.parametrize(
    "source", ["**a ", "*a *a ", "__a ", "<!--", "<a ", "[", "`", "- ", "#", "> ", "|-|\n", "| "]
)
def test_markdown_of_marks_alone_does_not_take_the_square_of_its_length(source):
    # a quadratic reader would need minutes for these
    mark(source * 50_000)


@pytest.mark.parametrize("path", sorted((ROOT / "corpus/notices").iterdir()), ids=lambda p: p.name)
def test_notices_keep_every_chinese_character(path):
    source = read(path, root=ROOT)
    body = Body(source.text, source.encoding, source.noise)
    original = path.read_text("utf-8")
    assert [c for c in body.visible if c >= "㐀"] == [c for c in original if c >= "㐀"]
    # 155****1365 is a telephone number made unreadable
    assert not re.search(r"(?<![\d*])\*\*", body.visible)
    assert not any(line.startswith("#") for line in body.visible.splitlines())


def test_a_source_says_where_it_is_from(tmp_path):
    path = tmp_path / "sub" / "通知.MD"
    path.parent.mkdir()
    path.write_bytes("# 通知".encode("gb18030"))
    source = read(path, root=tmp_path, limits=Limits(document_bytes=100))
    assert source.path == PurePosixPath("sub/通知.MD")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.reader, source.media_type) == ("markdown", "text/markdown")
    assert (source.encoding, source.text) == ("gb18030", "# 通知")
    assert [span.of(source.text) for span in source.noise] == ["# "]


def test_a_file_outside_is_named_as_given(tmp_path):
    assert shown_path(tmp_path / "a.txt", tmp_path / "space") == (tmp_path / "a.txt").as_posix()
    assert shown_path(tmp_path / "space/b/a.txt", tmp_path / "space") == "b/a.txt"


def test_a_file_name_that_is_no_utf8_can_be_told(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "书".encode("gbk") + b".txt"))
    path.write_text("通知", "utf-8")
    source = read(path, root=tmp_path, limits=Limits(document_bytes=100))
    assert str(source.path) == r"\xca\xe9.txt"


def test_every_format_is_named_in_the_error_for_others(tmp_path):
    path = tmp_path / "a.ofd"
    path.write_text("通知", "utf-8")
    with pytest.raises(UnknownFormat, match=r'"\.ofd" files cannot be read') as caught:
        read(path, root=tmp_path, limits=Limits(document_bytes=100))
    assert SUFFIXES in str(caught.value)
    assert all(suffix in SUFFIXES for form in FORMATS for suffix in form.suffixes)


def test_a_file_without_a_suffix_is_no_known_format(tmp_path):
    (tmp_path / "通知").write_text("通知", "utf-8")
    with pytest.raises(UnknownFormat, match="files without a suffix"):
        read(tmp_path / "通知", root=tmp_path, limits=Limits(document_bytes=100))


@pytest.mark.parametrize(
    "content", [b"", b" \n\t\n", "\ufeff\u3000\n".encode(), b"<!-- a -->\n---\n"]
)
def test_a_file_without_words_is_empty(tmp_path, content):
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(EmptyDocument, match=r"^a\.md: there is no text in this file\. Put"):
        read(path, root=tmp_path, limits=Limits(document_bytes=100))


def test_a_large_file_is_not_even_opened(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    path.chmod(0)
    with pytest.raises(TooLarge, match=r"209\.7 MB, the limit is 52\.4 MB.*document_bytes"):
        read(path, root=tmp_path)


def test_what_is_no_file_is_called_so(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "plain.txt").write_text("通知", "utf-8")
    for name, words in {
        "missing.txt": "there is no such file",
        "gone.txt": "the link leads to a file that is not there",
        "a.txt": "the link leads back to itself",
        "pipe.txt": "this is not a file",
        ".": "this is a folder",
        "plain.txt/x.txt": "part of the path is not a folder",
        "x" * 300 + ".txt": "the name is too long",
    }.items():
        with pytest.raises(UnreadableDocument, match=words):
            read(tmp_path / name, root=tmp_path, limits=Limits(document_bytes=100))


@needs_permissions
def test_a_file_that_may_not_be_read_is_called_so(tmp_path):
    (tmp_path / "a.txt").write_text("通知", "utf-8")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(UnreadableDocument, match="no permission"):
        read(tmp_path / "a.txt", root=tmp_path, limits=Limits(document_bytes=100))
