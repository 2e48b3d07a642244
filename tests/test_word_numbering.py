"""Automatic numbering comes out as Word prints it, through every way of saying it."""

import pytest
from docx_samples import OFFICIAL, Draft, number_properties, run, xml

from corpus.readers.word.numbering import Numbering
from corpus.readers.word.styles import Styles


@pytest.fixture
def draft():
    return Draft()


def override(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def level(at: int, inner: str) -> str:
    return f'<w:lvl w:ilvl="{at}">{inner}</w:lvl>'


def counted(pattern: str, form: str = "decimal", more: str = "") -> str:
    numbered = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:suff w:val="nothing"/>'
    return f'{numbered}<w:lvlText w:val="{pattern}"/>'


def test_the_levels_of_an_official_document(draft):
    official = draft.list_of(draft.levels(*OFFICIAL))
    for at, text in ((0, "总体"), (1, "培训"), (2, "甲"), (3, "子"), (3, "丑"), (2, "乙")):
        draft.numbered(text, official, at)
    draft.paragraph("不编号的一段")
    for at, text in ((1, "取证"), (2, "丙"), (0, "保障"), (1, "组织")):
        draft.numbered(text, official, at)
    assert draft.lines() == [
        *("一、总体", "（一）培训", "1. 甲", "（1）子", "（2）丑", "2. 乙", "不编号的一段"),
        *("（二）取证", "1. 丙", "二、保障", "（一）组织"),
    ]


@pytest.mark.parametrize(
    ("form", "pattern", "suffix", "shown"),
    [
        ("chineseCounting", "%1、", "tab", "三、文"),
        ("japaneseCounting", "（%1）", "space", "（三）文"),
        ("chineseCountingThousand", "第%1条", "tab", "第三条 文"),
        ("chineseCountingThousand", "第%1章", "space", "第三章 文"),
        ("chineseCountingThousand", "第%1章", "nothing", "第三章文"),
        ("ideographDigital", "%1．", "tab", "三．文"),
        ("decimal", "%1.", "tab", "3. 文"),
        ("decimal", "%1)", "tab", "3) 文"),
        ("decimal", "附件%1：", "tab", "附件3：文"),
        ("decimalEnclosedCircle", "%1", "nothing", "③文"),
        ("decimalEnclosedCircleChinese", "%1", "tab", "③ 文"),
        ("upperLetter", "%1.", "space", "C. 文"),
        ("none", "", "nothing", "文"),
        # a pattern without a number, and one whose level is not there
        ("decimal", "注：", "nothing", "注：文"),
        ("decimal", "%1.%9", "nothing", "3.1文"),
    ],
)
def test_formats_and_what_follows_the_number(draft, form, pattern, suffix, shown):
    chosen = draft.list_of(draft.levels((form, pattern, suffix)))
    for _ in range(3):
        draft.numbered("文", chosen)
    assert draft.lines()[-1] == shown


def test_numbers_of_higher_levels_are_printed_too(draft):
    decimal = [("decimal", ".".join(f"%{n}" for n in range(1, at + 2)), "space") for at in range(3)]
    plan = draft.list_of(draft.levels(*decimal))
    for at in (0, 1, 1, 2, 2, 0, 1, 2):
        draft.numbered("文", plan, at)
    assert [line.split()[0] for line in draft.lines()] == [
        *("1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.1", "2.1.1"),
    ]


def test_a_level_may_show_chinese_numbers_above_it_as_figures(draft):
    inner = level(0, counted("第%1章", "chineseCounting"))
    inner += level(1, counted("%1.%2", more="<w:isLgl/>"))
    plan = draft.list_of(draft.definition(inner))
    for at in (0, 0, 1):
        draft.numbered("文", plan, at)
    assert draft.lines() == ["第一章文", "第二章文", "2.1文"]


def test_a_level_without_one_above_it_counts_that_as_begun(draft):
    plan = draft.list_of(draft.levels(("decimal", "%1", "space"), ("decimal", "%1.%2", "space")))
    for at in (1, 1, 0, 1):
        draft.numbered("文", plan, at)
    assert [line.split()[0] for line in draft.lines()] == ["1.1", "1.2", "2", "2.1"]


def test_a_level_of_bullets_lends_no_number(draft):
    inner = (
        level(0, counted("%1.")) + level(1, counted("—", "bullet")) + level(2, counted("%1.%2%3"))
    )
    plan = draft.list_of(draft.definition(inner))
    for at in (0, 2, 2):
        draft.numbered("文", plan, at)
    assert draft.lines() == ["1.文", "1.1文", "1.2文"]


def test_lists_of_one_definition_go_on_counting(draft):
    definition = draft.levels(*OFFICIAL)
    first, second = draft.list_of(definition), draft.list_of(definition)
    for chosen in (first, first, second, first):
        draft.numbered("文", chosen)
    assert draft.lines() == ["一、文", "二、文", "三、文", "四、文"]


def test_a_list_may_start_anew(draft):
    definition = draft.levels(*OFFICIAL)
    first, second = draft.list_of(definition), draft.list_of(definition, override(0, 1))
    third = draft.list_of(definition, override(0, 5) + override(1, 3))
    for chosen, at in ((first, 0), (first, 0), (second, 0), (second, 0), (third, 0), (third, 1)):
        draft.numbered("文", chosen, at)
    draft.numbered("文", third, 0).numbered("文", third, 1)
    assert draft.lines() == [
        *("一、文", "二、文", "一、文", "二、文", "五、文", "（三）文", "六、文", "（三）文"),
    ]


def test_a_list_may_print_a_level_its_own_way(draft):
    definition = draft.levels(*OFFICIAL)
    own = f'<w:lvlOverride w:ilvl="0">{level(0, counted("第%1条 "))}</w:lvlOverride>'
    first, second = draft.list_of(definition), draft.list_of(definition, own)
    draft.numbered("文", first).numbered("文", second)
    assert draft.lines() == ["一、文", "第2条 文"]


def test_levels_start_again_where_they_say(draft):
    inner = level(0, counted("%1、", "chineseCounting"))
    inner += level(1, counted("（%2）", "chineseCounting", '<w:lvlRestart w:val="0"/>'))
    inner += level(2, counted("%3.", more='<w:lvlRestart w:val="1"/>'))
    plan = draft.list_of(draft.definition(inner))
    for at in (0, 1, 2, 1, 2, 0, 1, 2):
        draft.numbered("文", plan, at)
    # articles that count through all chapters, items that start again with each chapter only
    assert draft.lines() == [
        *("一、文", "（一）文", "1.文", "（二）文", "2.文", "二、文", "（三）文", "1.文"),
    ]


def test_a_start_other_than_one(draft):
    inner = level(0, counted("%1.").replace('"1"', '"0"', 1))
    plan = draft.list_of(draft.definition(inner))
    draft.numbered("文", plan).numbered("文", plan)
    assert draft.lines() == ["0.文", "1.文"]


def test_numbers_that_come_with_a_style(draft):
    inner = level(0, '<w:pStyle w:val="章"/>' + counted("%1、", "chineseCounting"))
    inner += level(1, '<w:pStyle w:val="节"/>' + counted("（%2）", "chineseCounting"))
    plan = draft.list_of(draft.definition(inner))
    link = f'<w:pPr><w:numPr><w:numId w:val="{plan}"/></w:numPr></w:pPr>'
    draft.style(link, "章").style(link, "节").style('<w:basedOn w:val="节"/>', "节二")
    for style in ("章", "节", "节二", "章"):
        draft.paragraph("文", f'<w:pStyle w:val="{style}"/>')
    # a paragraph may leave the list of its style, or move in it
    draft.paragraph("文", '<w:pStyle w:val="章"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    draft.paragraph("文", '<w:pStyle w:val="章"/><w:numPr><w:ilvl w:val="1"/></w:numPr>')
    assert draft.lines() == ["一、文", "（一）文", "（二）文", "二、文", "文", "（一）文"]


def test_a_style_may_name_its_level_itself(draft):
    plan = draft.list_of(draft.levels(*OFFICIAL))
    draft.style(f"<w:pPr>{number_properties(plan, 2)}</w:pPr>", "条")
    draft.paragraph("文", '<w:pStyle w:val="条"/>')
    assert draft.lines() == ["1. 文"]


def test_a_list_that_stands_for_the_list_of_a_style(draft):
    real = draft.list_of(draft.levels(*OFFICIAL))
    inner = f'<w:pPr><w:numPr><w:numId w:val="{real}"/></w:numPr></w:pPr>'
    draft.style(inner, "公文列表", kind="numbering")
    link = draft.list_of(draft.definition('<w:numStyleLink w:val="公文列表"/>', identity=901))
    draft.numbered("文", real).numbered("文", link)
    assert draft.lines() == ["一、文", "二、文"]


def test_bullets_are_marks_and_not_words(draft):
    bullets = draft.list_of(draft.levels(("bullet", "\uf0b7", "tab")))
    draft.numbered("甲", bullets).numbered("", bullets)
    body = draft.read()
    assert (body.text, body.visible) == ("• 甲", "甲")


def test_a_number_without_words_is_printed_and_counted(draft):
    plan = draft.list_of(draft.levels(("decimal", "%1", "tab")))
    draft.numbered("", plan).numbered("文", plan)
    assert draft.lines() == ["1 ", "2 文"]


def test_hidden_numbers_count_and_are_not_printed(draft):
    inner = level(0, counted("%1、") + "<w:rPr><w:vanish/></w:rPr>") + level(1, counted("%1.%2"))
    plan = draft.list_of(draft.definition(inner))
    for at in (0, 0, 1):
        draft.numbered("文", plan, at)
    assert draft.lines() == ["文", "文", "2.1文"]


def test_paragraphs_that_are_gone_do_not_count(draft):
    plan = draft.list_of(draft.levels(*OFFICIAL))
    gone = f"{number_properties(plan)}<w:rPr><w:del/></w:rPr>"
    deleted = f"<w:del>{run('旧').replace('w:t', 'w:delText')}</w:del>"
    draft.numbered("甲", plan)
    draft.add(f"<w:p><w:pPr>{gone}</w:pPr>{deleted}</w:p>")
    draft.numbered("乙", plan)
    hidden = f"{number_properties(plan)}<w:rPr><w:vanish/></w:rPr>"
    draft.add(f"<w:p><w:pPr>{hidden}</w:pPr>{run('隐', '<w:vanish/>')}</w:p>")
    draft.numbered("丙", plan)
    assert draft.lines() == ["一、甲", "二、乙", "三、丙"]


def test_a_format_of_later_word(draft):
    later = '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
    later += 'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
    later += "</mc:Fallback></mc:AlternateContent>"
    inner = f'<w:start w:val="1"/>{later}<w:suff w:val="nothing"/><w:lvlText w:val="%1号"/>'
    plan = draft.list_of(draft.definition(level(0, inner)))
    draft.numbered("文", plan)
    assert draft.lines() == ["001号文"]


@pytest.mark.parametrize(
    "numbering",
    [
        "<w:numbering/>",
        '<w:numbering><w:num w:numId="1"/></w:numbering>',
        '<w:numbering><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>',
        '<w:numbering><w:num w:numId="x"><w:abstractNumId w:val="y"/></w:num></w:numbering>',
        # a level of no pattern, a list without levels
        '<w:numbering><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="2"/></w:num></w:numbering>',
        '<w:numbering><w:abstractNum w:abstractNumId="2"/>'
        '<w:num w:numId="1"><w:abstractNumId w:val="2"/></w:num></w:numbering>',
    ],
)
def test_numbering_that_leads_nowhere_prints_nothing(numbering):
    counter = Numbering(xml(numbering), Styles(None))
    properties = xml(f"<w:pPr>{number_properties(1)}</w:pPr>")
    assert counter.label(properties) is None


def test_lists_and_styles_that_lead_back_to_themselves_end():
    styles = xml(
        '<w:styles><w:style w:type="numbering" w:styleId="a"><w:basedOn w:val="b"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="numbering" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    numbering = xml(
        '<w:numbering><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="b"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    counter = Numbering(numbering, Styles(styles))
    assert counter.label(xml(f"<w:pPr>{number_properties(1)}</w:pPr>")) is None


def test_values_that_are_no_numbers_are_passed_over(draft):
    inner = '<w:start w:val="一"/><w:numFmt/><w:lvlText w:val="%1."/><w:lvlRestart w:val="-1"/>'
    plan = draft.list_of(draft.definition(level(0, inner)))
    draft.numbered("文", plan)
    assert draft.lines() == ["0. 文"]
