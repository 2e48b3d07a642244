"""DOCX files give the text that Word would print with all changes accepted, in order."""

import math
import time

import pytest
from docx_samples import Draft, cell, number_properties, run, table, xml
from lxml import etree

from corpus.errors import EmptyDocument, NeedsOcr
from corpus.readers import read
from corpus.readers.word import reader

DELETED = "<w:del>{}</w:del>"
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="p"><a:blip r:embed="rId9"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


@pytest.fixture
def draft():
    return Draft()


def gone(text: str) -> str:
    return DELETED.format(run(text).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText "))


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def box(*paragraphs: str, offset: int | None = None) -> str:
    """A text box as Word writes it: for itself, and once more for Word 2007."""
    content = "".join(f"<w:p>{run(text)}</w:p>" for text in paragraphs)
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    place = "" if offset is None else f"<wp:posOffset>{offset}</wp:posOffset>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f'<wp:positionV relativeFrom="paragraph">{place}</wp:positionV><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(code: str, *result: str) -> str:
    """A field: its code in pieces, and what Word has computed."""
    half = len(code) // 2
    pieces = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in (code[:half], code[half:])
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    shown = mark("separate") + "".join(result) if result else ""
    return mark("begin") + pieces + shown + mark("end")


# ── words of a paragraph ──


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (paragraph(run("各县"), run("（市、区）：")), ["各县（市、区）："]),
        # white space as the file keeps it
        (paragraph("<w:r><w:t>甲\n 乙</w:t></w:r>", run(" 丙 ")), ["甲  乙 丙 "]),
        (paragraph(), [""]),
        # tracked changes, accepted
        (
            paragraph(run("每人"), gone("200"), f"<w:ins>{run('300')}</w:ins>", run("元")),
            ["每人300元"],
        ),
        (
            paragraph(f"<w:moveFrom>{run('先')}</w:moveFrom>", f"<w:moveTo>{run('后')}</w:moveTo>"),
            ["后"],
        ),
        (paragraph(f"<w:ins><w:del>{run('加了又删')}</w:del>{run('留')}</w:ins>"), ["留"]),
        # hidden text
        (
            paragraph(run("明"), run("暗", "<w:vanish/>"), run("白", '<w:vanish w:val="0"/>')),
            ["明白"],
        ),
        # inside other things
        (paragraph(f'<w:hyperlink r:id="rId1">{run("链接")}</w:hyperlink>'), ["链接"]),
        (paragraph(f"<w:smartTag>{run('太原市')}</w:smartTag>"), ["太原市"]),
        (paragraph(f"<w:customXml>{run('文号')}</w:customXml>"), ["文号"]),
        (paragraph(f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"), ["控件"]),
        (
            paragraph(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
                f"<w:sdtContent>{run('单击此处输入')}</w:sdtContent></w:sdt>",
                run("后文"),
            ),
            ["后文"],
        ),
        (
            paragraph(
                "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase>"
                "<w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            ),
            ["拼"],
        ),
        # what no reader sees
        ("<w:p><!-- 注 --><?pi 文?><w:bookmarkStart/><w:r><w:t>甲</w:t></w:r></w:p>", ["甲"]),
        (paragraph("<w:r><w:commentReference/><w:annotationRef/></w:r>", run("甲")), ["甲"]),
        (
            paragraph("<w:r><w:t>软</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>硬</w:t></w:r>"),
            ["软-硬"],
        ),
        # raised and lowered figures are not part of the number before them
        (
            paragraph(run("1000元"), run("1", '<w:vertAlign w:val="superscript"/>')),
            ["1000元¹"],
        ),
        (paragraph(run("CO"), run("2", '<w:vertAlign w:val="subscript"/>')), ["CO₂"]),
        (paragraph(run("注", '<w:vertAlign w:val="superscript"/>')), ["注"]),
        # symbols
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', run("同意")), ["☑同意"]),
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="00A8"/></w:r>'), ["□"]),
        (paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run("60%")), ["≥60%"]),
        (paragraph('<w:r><w:sym w:font="宋体" w:char="4E2D"/></w:r>'), ["中"]),
        (paragraph(run("\uf052", '<w:rFonts w:ascii="Wingdings 2"/>')), ["☑"]),
        (paragraph(run("\uf0fc")), ["✓"]),
    ],
)
def test_the_words_of_a_paragraph(draft, source, lines):
    assert draft.add(source).lines() == lines


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        # a title broken for looks stays in its lines; so do short lines
        ("关于印发\v《实施方案》的\v通知", ["关于印发", "《实施方案》的", "通知"]),
        ("第一段完。\v第二段完。", ["第一段完。", "第二段完。"]),
        # a long line broken in the middle of a sentence does not
        ("一" * 41 + "\v接着说。", ["一" * 41 + "接着说。"]),
        ("一" * 41 + "；\v二", ["一" * 41 + "；", "二"]),
        ("\v\v甲\v", ["甲"]),
        # tabs indent, or part words on a line
        ("\t\t甲", ["甲"]),
        ("省财政厅\t\t省教育厅", ["省财政厅 省教育厅"]),
        ("一、\t总则", ["一、 总则"]),
    ],
)
def test_breaks_and_tabs_inside_a_paragraph(draft, source, lines):
    inner = source.replace("\v", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
    assert draft.add(paragraph(f"<w:r><w:t>{inner}</w:t></w:r>")).lines() == lines


def test_all_kinds_of_breaks_and_tabs(draft):
    inner = '<w:t>甲</w:t><w:cr/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t>'
    inner += '<w:ptab w:alignment="right"/><w:t>丁</w:t><w:lastRenderedPageBreak/>'
    assert draft.add(paragraph(f"<w:r>{inner}</w:r>")).lines() == ["甲", "乙", "丙 丁"]


def test_tabs_under_each_other_make_columns(draft):
    tab = "</w:t><w:tab/><w:t>"
    for row in ("序号\t单位\t任务", "1\t山西大学\t1326", "2\t中北大学\t1870"):
        draft.add(f"<w:p><w:r><w:t>{row.replace(chr(9), tab)}</w:t></w:r></w:p>")
    draft.paragraph("正文")
    for row in ("（一）\t甲项工作", "（二）\t乙项工作", "（三）\t丙项工作"):
        draft.add(f"<w:p><w:r><w:t>{row.replace(chr(9), tab)}</w:t></w:r></w:p>")
    assert draft.lines() == [
        *("序号\t单位\t任务", "1\t山西大学\t1326", "2\t中北大学\t1870", "正文"),
        *("（一） 甲项工作", "（二） 乙项工作", "（三） 丙项工作"),
    ]


def test_hidden_by_a_style(draft):
    hidden, shown = "<w:rPr><w:vanish/></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>'
    draft.style(hidden, "暗字", kind="character").style(hidden, "暗段")
    draft.style(f'<w:basedOn w:val="暗段"/>{shown}', "明段")
    draft.add(paragraph(run("甲"), run("乙", '<w:rStyle w:val="暗字"/>')))
    draft.paragraph("丙", '<w:pStyle w:val="暗段"/>').paragraph("丁", '<w:pStyle w:val="明段"/>')
    assert draft.lines() == ["甲", "丁"]


def test_a_paragraph_whose_end_is_deleted_or_hidden_runs_on(draft):
    draft.paragraph("前一段", "<w:rPr><w:del/></w:rPr>").paragraph("后一段")
    draft.paragraph("题", "<w:rPr><w:specVanish/><w:vanish/></w:rPr>").paragraph("与正文。")
    draft.paragraph("山", '<w:framePr w:dropCap="drop"/>').paragraph("西省")
    draft.paragraph("末", "<w:rPr><w:moveFrom/></w:rPr>")
    assert draft.lines() == ["前一段后一段", "题与正文。", "山西省", "末"]


# ── fields ──


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (field("DATE \\@ yyyy", run("2024")), "2024"),
        (field("REF x", run("附"), run("件1")), "附件1"),
        # a field in the code of another, and one in its result
        (field("x", run("外"), field("y", run("内"))), "外内"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + field("MERGEFIELD a", run("隐"))
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("显")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "显",
        ),
        (f'<w:fldSimple w:instr="TITLE">{run("题")}</w:fldSimple>', "题"),
        # fields that print something by themselves
        (field(r"eq \o\ac(○,3)"), "③"),
        (field(r"EQ \o\ac(○,一)"), "（一）"),
        (field(r"eq \o(a,b)"), "ab"),
        (field(r"eq \f(1,2)"), "1/2"),
        (field(r'SYMBOL 254 \f "Wingdings" \s 12'), "☑"),
        (field("PAGE"), ""),
        (field(""), ""),
    ],
)
def test_of_a_field_only_the_result_is_text(draft, source, line):
    assert draft.add(paragraph(source, run("。"))).lines() == [line + "。"]


@pytest.mark.parametrize(
    ("state", "sign"),
    [
        ("<w:checked/>", "☑"),
        ('<w:checked w:val="0"/>', "□"),
        ('<w:default w:val="1"/>', "☑"),
        ("", "□"),
    ],
)
def test_boxes_to_tick(draft, state, sign):
    begin = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    source = field("FORMCHECKBOX").replace('"begin"/>', f'"begin">{begin}</w:fldChar>')
    assert draft.add(paragraph(source, run("是"))).lines() == [f"{sign}是"]


def test_a_field_without_an_end_hides_no_more_than_its_paragraph(draft):
    draft.add(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("被吞")))
    draft.paragraph("后文")
    draft.add(paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("多一个结尾")))
    assert draft.lines() == ["后文", "多一个结尾"]


def test_a_table_of_contents_is_furniture(draft):
    draft.style('<w:basedOn w:val="Normal"/>', "TOC1")
    name = draft.styles[-1][0]
    name.set(name.keys()[0], "toc 1")
    part = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = paragraph(run("目录")) + paragraph(run("一、总则\t1"))
    draft.add(f"<w:sdt>{part}</w:sdtPr><w:sdtContent>{contents}</w:sdtContent></w:sdt>")
    draft.paragraph("二、附则 2", '<w:pStyle w:val="TOC1"/>').paragraph("一、总则")
    body = draft.read()
    assert (body.text, body.furniture) == ("一、总则", 3)


# ── what hangs on a paragraph ──


def test_a_text_box_is_read_once_and_where_it_stands(draft):
    draft.add(paragraph(box("山西省人民政府文件"), run("晋政发〔2024〕1号")))
    draft.add(paragraph(run("正文"), box("旁注一", "旁注二")))
    draft.add(paragraph(box("下方的框", offset=900_000), run("上方的字")))
    assert draft.lines() == [
        *("山西省人民政府文件", "晋政发〔2024〕1号", "正文", "旁注一", "旁注二"),
        *("上方的字", "下方的框"),
    ]


def test_a_text_box_of_old_word(draft):
    inside = f"<w:txbxContent>{paragraph(run('红头'))}</w:txbxContent>"
    shape = f"<v:shape><v:textbox>{inside}</v:textbox></v:shape>"
    draft.add(paragraph(f"<w:r><w:pict>{shape}</w:pict></w:r>"))
    only_old = '<mc:Choice Requires="x"/><mc:Fallback>' + run("旧法") + "</mc:Fallback>"
    draft.add(paragraph(f"<mc:AlternateContent>{only_old}</mc:AlternateContent>"))
    assert draft.lines() == ["红头", "旧法"]


def test_a_text_box_in_a_text_box_and_a_table_in_one(draft):
    inner = paragraph(box("内框"), run("外框")) + table(
        cell("甲") + cell("乙"), cell("1") + cell("2")
    )
    shape = f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
    draft.add(paragraph(f"<w:r><w:pict><v:group><v:rect>{shape}</v:rect></v:group></w:pict></w:r>"))
    assert draft.lines() == ["内框", "外框", "甲\t乙", "1\t2"]


def notes(draft: Draft, kind: str, *texts: str) -> None:
    """Adds a part of footnotes or endnotes with the ids 1, 2, …"""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    name = kind.removesuffix("s")
    inner = f'<w:{name} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{name}>'
    for at, text in enumerate(texts, 1):
        words = "".join(paragraph(f"<w:r><w:{name}Ref/></w:r>", run(t)) for t in text.split("\n"))
        inner += f'<w:{name} w:id="{at}">{words}</w:{name}>'
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    blob = etree.tostring(xml(f"<w:{kind}>{inner}</w:{kind}>"))
    part = Part(PackURI(f"/word/{kind}.xml"), media, blob, draft.document.part.package)
    draft.document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, kind.upper()))


def test_notes_follow_their_paragraph_and_their_marks_are_noise(draft):
    reference = '<w:r><w:{}Reference w:id="{}"/></w:r>'.format
    notes(draft, "footnotes", "含技工院校。", " 第一句。\n第二句。")
    notes(draft, "endnotes", "见附件。")
    draft.add(paragraph(run("职业院校"), reference("footnote", 1), run("每人1000元")))
    draft.add(paragraph(run("县"), reference("endnote", 1), reference("footnote", 2)))
    draft.add(paragraph(run("再引"), reference("footnote", 1), reference("footnote", 99)))
    body = draft.read()
    assert body.visible.split("\n") == [
        *("职业院校每人1000元", "[1] 含技工院校。", "县", "[2] 见附件。"),
        *("[3] 第一句。 第二句。", "再引"),
    ]
    assert [span.of(body.text) for span in body.noise] == ["[1]", "[2]", "[3]", "[4]"]


def test_a_note_that_refers_to_itself_ends(draft):
    notes(draft, "footnotes", "注")
    part = draft.document.part.part_related_by(
        next(r.reltype for r in draft.document.part.rels.values() if "footnotes" in r.reltype)
    )
    again = '<w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>'
    part._blob = part.blob.replace(b"</w:p></w:footnote>", again.encode(), 2)
    draft.add(paragraph('<w:r><w:footnoteReference w:id="1"/></w:r>', run("文")))
    assert draft.lines() == ["文", "[1] 注"]


def test_headers_and_footers_are_furniture(draft):
    section = draft.document.sections[0]
    section.header.paragraphs[0].text = "内部资料"
    section.footer.paragraphs[0].text = "— 1 —"
    section.footer.add_paragraph("")
    draft.paragraph("正文")
    body = draft.read()
    assert (body.text, body.furniture) == ("正文", 2)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<m:r><m:t>a+b</m:t></m:r>", "a+b"),
        (
            "<m:f><m:num><m:r><m:t>人数+1</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>",
            "(人数+1)/2",
        ),
        (
            "<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
            "</m:sSup>",
            "m²",
        ),
        (
            "<m:sSub><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sub><m:r><m:t>甲</m:t></m:r></m:sub>"
            "</m:sSub>",
            "x_甲",
        ),
        ("<m:rad><m:radPr/><m:deg/><m:e><m:r><m:t>n</m:t></m:r></m:e></m:rad>", "√n"),
        ("<m:d><m:e><m:r><m:t>1</m:t></m:r></m:e></m:d>", "(1)"),
        (
            '<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>1</m:t>'
            "</m:r></m:e></m:d>",
            "[1]",
        ),
    ],
)
def test_formulas_in_one_line(draft, source, line):
    draft.add(paragraph(run("补贴="), f"<m:oMathPara><m:oMath>{source}</m:oMath></m:oMathPara>"))
    assert draft.lines() == [f"补贴={line}"]


# ── blocks ──


def test_blocks_inside_other_things_are_kept(draft):
    inner = paragraph(run("控件里的一段")) + table(cell("甲") + cell("乙"), cell("丙") + cell("丁"))
    draft.add(f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    draft.add(f"<w:customXml>{paragraph(run('标记里的一段'))}</w:customXml>")
    draft.add(f"<w:ins>{paragraph(run('插入的一段'))}</w:ins>")
    draft.add(f"<w:moveFrom>{paragraph(run('移走的一段'))}</w:moveFrom>")
    assert draft.lines() == ["控件里的一段", "甲\t乙", "丙\t丁", "标记里的一段", "插入的一段"]


def test_headings_are_paragraphs_like_others(draft):
    draft.document.add_heading("关于培训的通知", 0)
    draft.document.add_heading("一、目标", 1)
    draft.document.add_paragraph("培训100人。")
    body = draft.read()
    assert body.text == "关于培训的通知\n一、目标\n培训100人。"
    assert (body.encoding, body.reflowed, body.page_starts) == ("utf-8", True, ())


def test_what_is_no_text_is_told(draft):
    draft.add(PICTURE, PICTURE)
    objects = '<o:OLEObject ProgID="Excel.Sheet.12"/>'
    draft.add(paragraph(f"<w:r><w:object><v:shape/>{objects}</w:object></w:r>", run("见表")))
    draft.add('<w:altChunk r:id="rId5"/>')
    draft.add(paragraph('<w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r>'))
    said = {(finding.severity, finding.code, finding.message) for finding in draft.read().findings}
    assert said == {
        ("info", "not-read", "picture, 2 in all: not read"),
        ("warning", "not-read", "embedded object (Excel.Sheet.12), 1 in all: not read"),
        ("warning", "not-read", "inserted file, 1 in all: not read"),
        ("warning", "not-read", "sign of an unknown font, 1 in all: not read"),
    }


def test_hidden_pictures_and_boxes_are_not_there(draft):
    draft.add(PICTURE.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>"))
    draft.add(
        paragraph(box("暗").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1), run("明"))
    )
    body = draft.read()
    assert (body.text, body.findings) == ("明", ())


def test_a_file_of_pictures_alone_needs_recognition(draft, tmp_path):
    draft.add(PICTURE)
    with pytest.raises(NeedsOcr, match=r"^草稿\.docx: .*only pictures.*OCR"):
        draft.read()


def test_an_empty_document_is_empty(draft, tmp_path):
    (tmp_path / "空.docx").write_bytes(draft.bytes())
    with pytest.raises(EmptyDocument, match="there is no text"):
        read(tmp_path / "空.docx", root=tmp_path)


def test_a_document_is_read_through_the_door(draft, tmp_path):
    path = tmp_path / "通知.docx"
    path.write_bytes(draft.paragraph("关于培训的通知").bytes())
    source = read(path, root=tmp_path)
    assert (source.text, source.reader, source.reflowed) == ("关于培训的通知", "docx", True)
    assert source.media_type.endswith("wordprocessingml.document")


def test_a_number_may_stand_in_a_cell(draft):
    plan = draft.list_of(draft.levels(("decimal", "%1", "tab")))
    numbered = f"<w:tc><w:p><w:pPr>{number_properties(plan)}</w:pPr></w:p></w:tc>"
    draft.add(table(cell("序号") + cell("单位"), numbered + cell("甲"), numbered + cell("乙")))
    assert draft.lines() == ["序号\t单位", "1\t甲", "2\t乙"]


def test_a_large_document_is_read_in_time_with_its_length():
    """What grows with the square takes 16 times as long, as in test_growth."""
    each = xml(paragraph(run("对企业职工给予每人300元培训补贴。"), run("县财政局负责。")))

    def seconds(paragraphs: int) -> float:
        draft = Draft()
        for _ in range(paragraphs):
            draft.document.element.body.insert(0, etree.fromstring(etree.tostring(each)))
        data, best = draft.bytes(), math.inf
        for _ in range(2):
            start = time.process_time()
            assert len(reader.parse(data, "大.docx").text.split("\n")) == paragraphs
            best = min(best, time.process_time() - start)
        return best

    assert seconds(6000) < seconds(1500) * 4 * 2.5
