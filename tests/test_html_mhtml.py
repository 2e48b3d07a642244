"""A page saved with its pictures in one file gives what the page alone gives."""

import base64
import quopri

import pytest
from html_samples import BODY, LINES, page

from corpus.errors import NotText
from corpus.readers import read
from corpus.readers.html import mhtml

PAGE = page(f"<div>{BODY}</div>")


def packed(body: bytes, charset: str, transfer: str, kind: str = "text/html") -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E9=80=9A?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        f"----b\r\nContent-Type: {kind}{charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    )
    picture = "\r\n----b\r\nContent-Type: image/png\r\n\r\n\x89PNG<p>图</p>\r\n----b--\r\n"
    return head.encode() + body + picture.encode()


@pytest.mark.parametrize(
    "data",
    [
        packed(quopri.encodestring(PAGE.encode()), "", "quoted-printable"),
        packed(base64.encodebytes(PAGE.encode("gbk")), '; charset="gb2312"', "base64"),
        packed(PAGE.encode(), "; charset=utf-8", "8bit"),
        b"\n" + PAGE.encode(),
    ],
)
def test_the_page_is_unpacked(tmp_path, data):
    path = tmp_path / "通知.mht"
    path.write_bytes(data)
    source = read(path, root=tmp_path)
    assert source.text.split("\n") == LINES
    assert source.reader == "mhtml"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x", "there is no web page in this file"),
        (packed(b"", "", "8bit", "text/plain"), "there is no web page in this file"),
        (packed(b"", "", "8bit"), "the page in this file cannot be unpacked"),
        (
            b"".join(
                b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
                for n in range(3000)
            ),
            "there is no web page in this file",
        ),
    ],
)
def test_a_file_without_a_page_is_refused(data, words):
    with pytest.raises(NotText, match=rf"^a\.mht: {words}\. Save it again"):
        mhtml.parse(data, "a.mht")
