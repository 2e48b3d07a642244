"""A PDF gives the words of its notice once, in order, a paragraph a line, each on its page."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_samples import HEIGHT, LEFT, WIDTH, Sheet, pdf, rows, typed

from corpus.errors import DamagedDocument, DocumentError, LockedDocument, NeedsOcr, TooLarge
from corpus.limits import Limits
from corpus.models import SourceText
from corpus.readers import read
from corpus.readers.body import Body
from corpus.readers.pdf.radicals import unfold
from corpus.readers.pdf.reader import parse
from extractor.pipeline import extract
from kb.records import record_of

SHARED = Path(__file__).parents[2] / "shared"
REAL, HOSTILE = SHARED / "corpus" / "real", SHARED / "hostile"

HEADING = "一、补贴标准"
LONG = (
    "（一）参加职业技能培训并取得证书的，按照初级工1000元、中级工1500元、高级工2000元的标准给予"
    "培训补贴，同一职业同一等级只能享受一次补贴，每人每年不超过3次，所需资金从专账中列支，"
    "由县人力资源和社会保障局会同财政局审核拨付。"
)
PLAIN = "为进一步规范职业技能提升行动专账资金的使用和管理，各单位要加强领导，明确责任，"
PARAGRAPHS = ["各乡（镇）人民政府：", LONG, HEADING, LONG, "（二）本办法自印发之日起施行。"]


def body(*sheets: Sheet, **limits: int) -> Body:
    return parse(pdf(*sheets), "a.pdf", Limits(**limits))


def lines(*sheets: Sheet) -> list[str]:
    return body(*sheets).text.split("\n")


def codes(read: Body) -> list[str]:
    return [finding.code for finding in read.findings]


# ── paragraphs and pages ──


def test_lines_that_the_margin_broke_are_one_paragraph_again():
    assert lines(*typed(PARAGRAPHS)) == PARAGRAPHS


def test_a_sentence_that_a_page_break_parts_is_whole():
    paragraphs = PARAGRAPHS * 5
    read = body(*typed(paragraphs))
    assert read.text.split("\n") == paragraphs
    assert len(read.page_starts) == 3
    parted = [read.text[start - 1] for start in read.page_starts[1:]]
    assert "\n" not in parted


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=30, unique=True))
def test_any_paragraphs_come_back_from_their_pages(numbers):
    # no line twice, for what comes again on other pages is furniture
    parts = [f"各单位要加强领导，按项目{number}的要求执行，" for number in numbers]
    paragraphs = [f"{part * (n % 5)}经费{n}元。" for part, n in zip(parts, numbers, strict=True)]
    # two lines alone do not show where the margins are
    paragraphs = [*PARAGRAPHS, *paragraphs]
    assert lines(*typed(paragraphs)) == paragraphs


def test_every_clause_and_rule_keeps_its_page(tmp_path):
    sheets = typed([*PARAGRAPHS[:2], *[LONG] * 4, HEADING, "（二）本办法自2026年1月1日起施行。"])
    (tmp_path / "a.pdf").write_bytes(pdf(*sheets))
    source = read(tmp_path / "a.pdf", root=tmp_path)
    record = record_of(extract(source), source)
    assert len(sheets) == 2
    pages = [clause.page for clause in record.clauses]
    assert pages == sorted(pages) and set(pages) == {1, 2}
    assert {rule.page for rule in record.rules} == {1, 2}
    for rule in record.rules:
        shown = body(sheets[rule.page - 1]).text
        assert rule.quote[:8] in shown


def test_a_page_that_lies_on_its_side_is_read_upright():
    table = [["职业", "等级", "标准"], ["电工", "初级工", "1000元"]]
    sheet = Sheet()
    rows(sheet, table, 100)
    upright = lines(sheet)
    # drawn for a reader who turns the page: x runs up the sheet
    sheet.drawn = [f"q 0 1 -1 0 {HEIGHT} 0 cm", *sheet.drawn, "Q"]
    assert lines(sheet) == upright == ["职业\t等级\t标准", "电工\t初级工\t1000元"]


# ── what cannot be read ──


def test_a_picture_of_a_page_needs_recognition():
    with pytest.raises(NeedsOcr, match=r"needs-ocr.*pages 1–2\)\. Run it with --ocr.*tesseract"):
        body(Sheet().picture(0, 0, WIDTH, HEIGHT), Sheet().picture(0, 0, WIDTH, HEIGHT))


def test_a_picture_among_pages_of_text_is_a_finding():
    read = body(*typed(PARAGRAPHS), Sheet().picture(60, 80, 400, 500))
    assert codes(read) == ["needs-ocr"]
    assert "page 2: " in read.findings[0].message


def test_a_seal_is_no_picture_of_text():
    sheets = typed(PARAGRAPHS)
    sheets[0].picture(350, 600, 120, 120)
    assert body(*sheets).findings == ()


def test_what_somebody_has_recognised_before_is_told():
    sheet = Sheet().picture(0, 0, WIDTH, HEIGHT)
    for at in range(5):
        sheet.unseen("各单位要认真贯彻执行本通知。", LEFT, 100 + 28 * at)
    assert codes(body(sheet)) == ["ocr-layer"]


def test_characters_without_a_code_are_counted():
    sheet = typed(PARAGRAPHS)[0].put("补贴\ufffd元", LEFT, 600)
    read = body(sheet)
    assert codes(read) == ["pdf-unknown-characters"]
    assert read.findings[0].message.startswith("1 characters")


@pytest.mark.parametrize(
    ("data", "kind", "what"),
    [
        (pdf(*typed(PARAGRAPHS), locked=True), LockedDocument, "a password.*Save it without"),
        (b"%PDF-1.7\n", DamagedDocument, "this is no whole PDF. .*save it anew"),
        (b"notice", DamagedDocument, "this is no whole PDF"),
        (pdf(*typed(PARAGRAPHS))[:400], DamagedDocument, "this is no whole PDF"),
    ],
    ids=["a password", "nothing in it", "no PDF", "most is missing"],
)
def test_a_file_that_cannot_be_opened_is_one_error_with_a_remedy(data, kind, what):
    with pytest.raises(DocumentError, match=what) as caught:
        parse(data, "a.pdf", Limits())
    assert type(caught.value) is kind


def test_a_damaged_file_is_repaired_and_says_so():
    data = pdf(*typed(PARAGRAPHS)).replace(b"/Type /Page /Parent", b"/Tipe /Page /Parent")
    read = parse(data, "a.pdf", Limits())
    assert read.text.split("\n") == PARAGRAPHS
    assert codes(read) == ["pdf-repaired"]


def test_a_file_over_the_limits_is_refused():
    with pytest.raises(TooLarge, match=r"it has 2 pages, the limit is 1\. .*document_pages"):
        body(*typed(PARAGRAPHS * 3), document_pages=1)
    with pytest.raises(TooLarge, match=r"unpacks to more than 0 MB.*unpacked_bytes"):
        body(*typed(PARAGRAPHS), unpacked_bytes=1000)


def test_an_empty_page_is_no_error_for_the_parser():
    assert body(Sheet()).text == ""


# ── what comes from elsewhere ──

#: pages, running heads and page numbers, lines of the portal's box, paragraphs and rows
FACTS = {
    "01_mofcom_jiazheng_9dept": ("商服贸函2026年第322号", 6, 12, 7),
    "02_mohrss_ai_renshe": ("人社部发〔2026〕40号", 11, 22, 7),
    "03_gwyb_credit_eval": ("国办发〔2026〕8号", 8, 16, 7),
    "04_gwyb_zhuanfa_water": ("国办函〔2026〕65号", 6, 12, 7),
    "05_gwy_fitness_plan": ("国发〔2026〕26号", 7, 14, 7),
    "06_ndrc_sat_iit_credit": ("发改办财金规〔2019〕860号", 5, 5, 0),
}
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/corpus/real is not here")


def printed(text: str) -> str:
    plain = unicodedata.normalize("NFKC", unfold(text))
    # a hyphen at the end of a line is a sign of its own for pdfium
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "CZ" and c != "-")


@needs_real
@pytest.mark.parametrize("name", FACTS)
def test_real_pdfs(name):
    number, pages, furniture, said = FACTS[name]
    source = read(REAL / f"{name}.pdf", root=REAL)
    record = record_of(extract(source), source)
    assert record.document.number == number
    assert (len(source.page_starts), source.furniture, len(source.portal)) == (
        pages,
        furniture,
        said,
    )
    assert not {f.code for f in source.findings} - {"needs-ocr"}
    long = [line for line in source.text.split("\n") if len(line) > 25]
    assert len(long) == len(set(long)), "a paragraph stands twice"
    assert not [c for c in source.text if 0x2E80 <= ord(c) < 0x2FE0 or c == "\ufffd"]


@needs_real
@pytest.mark.parametrize("name", FACTS)
def test_every_line_of_real_pages_is_there_for_another_reader(name):
    # that nothing is missing is held by the reader itself: it compares all characters
    source = read(REAL / f"{name}.pdf", root=REAL)
    with pypdfium2.PdfDocument(REAL / f"{name}.pdf") as other:
        theirs = [printed(page.get_textpage().get_text_range()) for page in other]
    pages = pairwise([*source.page_starts, len(source.text)])
    for (start, end), text in zip(pages, theirs, strict=True):
        for line in source.text[start:end].split("\n"):
            assert printed(line) in text


@needs_real
@pytest.mark.parametrize(
    ("name", "pages"), [("08_moe_sci_scan", "1–3"), ("09_moe_patent_glyphimg", "1–4")]
)
def test_real_scans_need_recognition(name, pages):
    with pytest.raises(NeedsOcr, match=rf"needs-ocr: .*\(pages {pages}\)\. Run it with --ocr"):
        read(REAL / f"{name}.pdf", root=REAL)


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="../shared/hostile is not here")
@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.pdf")), ids=lambda path: path.stem)
def test_hostile_files_are_read_or_refused_in_one_line(path, capfd):
    limits = Limits(document_seconds=5)
    try:
        said: SourceText | str = read(path, root=HOSTILE, limits=limits)
    except DocumentError as error:
        said = str(error)
        assert said.startswith(f"{path.name}: ")
        assert "\n" not in said
        assert error.remedy
    assert said
    assert capfd.readouterr() == ("", "")
