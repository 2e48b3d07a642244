"""Whatever encoding a notice was saved in, its words come out; whatever is no text is refused."""

import codecs
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NotText
from corpus.readers.encoding import decode, mend

NOTICES = sorted((Path(__file__).parents[1] / "corpus" / "notices").iterdir())
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk")
common = st.text(
    st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们\n，。0123"), min_size=8
)


def read(data: bytes) -> str:
    return decode(data, where="a.txt").text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_notices_are_read_in_every_encoding(path, encoding):
    text = path.read_bytes().decode("utf-8")
    assert read(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=common)
def test_chinese_is_read_in_every_encoding(encoding, text):
    # without a newline or sign, eight characters of UTF-16 may happen to be ASCII letters
    text = "通知：\n" + text
    assert read(text.encode(encoding)) == text


def test_gb18030_holds_what_gbk_lacks():
    text = "关于发放补贴的通知 㐂𠮷"
    assert decode(text.encode("gb18030"), where="a.txt").encoding == "gb18030"
    assert read(text.encode("gb18030")) == text


@pytest.mark.parametrize("text", ["通知", "联通", "# 通知\n", "文山"])
def test_gb18030_that_happens_to_be_utf8_is_read_as_chinese(text):
    assert read(text.encode("gb18030")) == text


def test_foreign_letters_stay_utf8():
    assert read("Ünïcödé".encode()) == "Ünïcödé"


def test_a_marked_gb18030_file_loses_its_mark():
    assert read("\ufeff通知".encode("gb18030")) == "通知"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16"])
def test_a_cut_off_last_character_is_called_so(encoding):
    data = "关于发放培训补贴的通知".encode(encoding)
    with pytest.raises(NotText, match=r"a\.txt: truncated encoding: .*cut off.*fetch it again"):
        read(data[:-1])


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_cut_anywhere_gives_the_beginning_or_is_called_so(path, encoding):
    text = path.read_bytes().decode("utf-8")
    data = text.encode(encoding)
    for cut in random.Random(7).sample(range(60, len(data)), 40):
        try:
            assert text.startswith(read(data[:cut]))
        except NotText as error:
            assert "truncated encoding" in str(error)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\0" * 64, "binary file"),
        (bytes(range(256)) * 8, "binary file"),
        ("通知\x01\x02".encode() * 9, "binary file"),
        (b"%PDF-1.7 1 0 obj", "a PDF file"),
        (b"PK\x03\x04word", "a packed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file"),
        (b"\x89PNG\r\n", "a picture"),
        (codecs.BOM_UTF8 + b"\xe9\x80\x9a\xff\xff\xff\xff", "its UTF-8 breaks at byte 7"),
        ("一、目标\n二、".encode() + b"\xff" + "任务".encode(), "UTF-8 breaks at byte 20, line 2"),
        ("國務院辦公廳關於印發職業技能提升行動方案的通知".encode("big5"), "may be big5"),
    ],
)
def test_what_is_no_text_is_named(data, words):
    with pytest.raises(NotText, match=words) as caught:
        read(data)
    assert str(caught.value).startswith("a.txt: ")


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "euc_kr", "utf-7"])
@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_other_encodings_never_pass_for_chinese(path, encoding):
    text = path.read_bytes().decode("utf-8")
    data = text.encode(encoding, errors="ignore")
    if encoding == "utf-7":
        # all ASCII: nothing says that it is not what it seems
        assert read(data) == data.decode("ascii")
    else:
        with pytest.raises(NotText):
            read(data)


@pytest.mark.parametrize("size", [100, 1000, 10000])
def test_random_bytes_are_never_text(size):
    source = random.Random(2021)
    for _ in range(50):
        with pytest.raises(NotText):
            read(source.randbytes(size))


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n", "\f", "\v", "\x85", "\u2028"])
def test_every_newline_is_one(newline):
    assert read(f"一{newline}二".encode()) == "一\n二"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "GB2312"),
        ("utf-8", "utf8"),
        ("big5", "big5"),
        # what is declared is not believed where the bytes do not fit it
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("utf-16", "gbk"),
        ("gb18030", "iso-8859-1"),
    ],
)
def test_a_declared_encoding_is_believed_if_the_bytes_fit_it(encoding, declared):
    text = "今天的工作，大家都有了。我以他的人在上中下大小。"
    assert decode(text.encode(encoding), where="a.html", declared=declared).text == text


def test_big5_is_never_guessed():
    with pytest.raises(NotText, match="no text in UTF-8, UTF-16 or GB18030"):
        decode("關於辦理職業訓練補貼的通知，請遵照辦理。".encode("big5") * 9, where="a.txt")


def test_a_few_broken_bytes_are_mended():
    text = "各乡镇人民政府要落实属地责任。" * 999
    broken = text.encode()[:300] + text.encode()[301:]
    mended = mend(broken, "utf-8")
    assert mended is not None
    assert mended.text.replace("\ufffd", "") == text[:100] + text[101:]


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        pytest.param("通知。".encode()[:-1] * 20, "utf-8", id="too many"),
        pytest.param("通知。".encode() * 999 + b"\xe9", "utf-8", id="cut off"),
        pytest.param("通知。".encode() * 999, None, id="nothing declared"),
        pytest.param("通知。".encode() * 999, "koi8-r", id="an encoding that no notice has"),
    ],
)
def test_what_is_broken_all_over_is_not_mended(data, declared):
    assert mend(data, declared) is None
