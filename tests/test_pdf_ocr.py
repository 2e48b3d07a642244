"""A scan is read with --ocr, says how sure that is, and is never taken for typed text."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import NeedsOcr
from corpus.limits import Limits
from corpus.readers import read
from corpus.readers.pdf import ocr

REAL = Path(__file__).parents[2] / "shared" / "corpus" / "real"
TRANSCRIPT = Path(__file__).parent / "transcripts" / "08_moe_sci_scan_page_1.txt"
WITH_OCR = Limits(ocr=True)
WORDS = ["关于做好职业技能培训工作的通知", "各乡镇人民政府：", "每人每年补贴1000元，由财政局拨付。"]


def font() -> Path | None:
    program = shutil.which("fc-match")
    asked = [program or "", "-f", "%{file}", "Noto Serif CJK SC"]
    path = subprocess.run(asked, capture_output=True, text=True).stdout if program else ""
    return Path(path) if "CJK" in path else None


def edits(one: str, other: str) -> int:
    """How many signs must be added, left out or changed to make one text of the other."""
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        diagonal, row[0] = row[0], at
        for place, wanted in enumerate(other, 1):
            change = diagonal + (sign != wanted)
            diagonal, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, change)
    return row[-1]


def picture(lines: list[str]) -> Image.Image:
    """An A4 page at 300 dots per inch with ``lines`` on it."""
    page = Image.new("L", (2480, 3508), 255)
    letters = ImageFont.truetype(str(font()), 67)
    for at, line in enumerate(lines):
        ImageDraw.Draw(page).text((330, 400 + 117 * at), line, 0, letters)
    return page


@pytest.mark.usefixtures("tesseract")
@pytest.mark.skipif(font() is None, reason="no font with Chinese characters is installed")
def test_a_picture_of_a_page_is_read_and_marked(tmp_path):
    buffer = io.BytesIO()
    picture(WORDS).save(buffer, "PDF", resolution=300)
    (tmp_path / "scan.pdf").write_bytes(buffer.getvalue())
    with pytest.raises(NeedsOcr):
        read(tmp_path / "scan.pdf", root=tmp_path)
    source = read(tmp_path / "scan.pdf", root=tmp_path, limits=WITH_OCR)
    assert source.text.split("\n") == WORDS
    assert source.reader == "pdf+ocr"
    assert [finding.code for finding in source.findings] == ["ocr-text"]
    assert re.search(r"page 1: read off pictures, \d\d% sure", source.findings[0].message)


@pytest.mark.usefixtures("tesseract")
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/corpus/real is not here")
def test_a_real_scan_is_read():
    source = read(REAL / "08_moe_sci_scan.pdf", root=REAL, limits=WITH_OCR)
    page = source.text[: source.page_starts[1]]
    box = ("信息名称", "信息索引", "发文字号", "内容概述")
    printed = [line for line in TRANSCRIPT.read_text("utf-8").split("\n") if line[:4] not in box]
    read_off, truth = ("".join(text.split()) for text in (page, "".join(printed)))
    accuracy = 1 - edits(read_off, truth) / len(truth)
    assert accuracy > 0.95, f"{accuracy:.3f} of the characters"
    assert ("发文字号", "教科技〔2020〕2号") in source.portal
    assert source.reader == "pdf+ocr"


def test_a_machine_without_tesseract_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NeedsOcr, match=r"tesseract is not installed\. .*tesseract-ocr-chi-sim"):
        ocr.recognise(Image.new("L", (10, 10), 255), "a.pdf")
