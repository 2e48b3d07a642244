"""What a title says: its 文种, and the text that it carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.titles import enclosed_of, kind_of, names_paper, self_named_kind, squeeze

KINDS = (
    "通知",
    "决定",
    "公告",
    "通告",
    "意见",
    "通报",
    "报告",
    "批复",
    "函",
    "办法",
    "细则",
    "规定",
    "方案",
    "措施",
    "条例",
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("note", ["", "（试行）", "（暂行）", "（征求意见稿）", "(2023年修订)"])
def test_the_kind_ends_the_title(kind, note):
    assert kind_of(f"某市促进就业创业若干{kind}{note}") == kind


@pytest.mark.parametrize("title", [None, "", "工作要求", "通知书", "办法总比困难多"])
def test_no_kind_is_guessed(title):
    assert kind_of(title) is None


@pytest.mark.parametrize(
    ("title", "enclosed", "kind"),
    [
        (
            "山西省人民政府办公厅关于印发山西省推进职业技能提升培训实施方案的通知",
            "山西省推进职业技能提升培训实施方案",
            "方案",
        ),
        (
            "关于印发《2024年文水县推进“人人持证、技能山西”建设实施方案》的通知",
            "2024年文水县推进“人人持证、技能山西”建设实施方案",
            "方案",
        ),
        ("财政部关于印发《就业补助资金管理办法》的通知", "就业补助资金管理办法", "办法"),
        (
            "国务院办公厅转发水利部关于加强水库除险加固工作意见的通知",
            "水利部关于加强水库除险加固工作意见",
            "意见",
        ),
        (
            "国务院办公厅关于转发生态环境部等部门《群众身边水体保护治理行动方案》的通知",
            "群众身边水体保护治理行动方案",
            "方案",
        ),
        (
            "某市人民政府办公室转发市发改委等部门《支持农村邮政物流发展实施办法》的通知",
            "支持农村邮政物流发展实施办法",
            "办法",
        ),
    ],
)
def test_the_carried_text(title, enclosed, kind):
    carried = enclosed_of(title, "")
    assert carried is not None
    assert (carried.title, carried.kind) == (enclosed, kind)


def test_the_opening_says_what_is_carried_where_the_title_does_not():
    carried = enclosed_of("某市财政局通知", "现将《某市稳岗返还实施办法》印发给你们，请遵照执行。")
    assert carried is not None
    assert (carried.title, carried.kind) == ("某市稳岗返还实施办法", "办法")


@pytest.mark.parametrize(
    ("told", "said", "enclosed"),
    [
        # the title tells in passing what the text prints in full
        ("优化营商环境若干措施", "《某市优化营商环境的若干措施》", "某市优化营商环境的若干措施"),
        # one of two
        ("甲镇绿化行动方案和乙镇节水行动方案", "《甲镇绿化行动方案》", "甲镇绿化行动方案"),
        # another text
        ("人才入户管理办法实施细则", "《人才入户管理办法》", "人才入户管理办法实施细则"),
    ],
)
def test_the_title_as_the_opening_prints_it(told, said, enclosed):
    carried = enclosed_of(f"某市政府关于印发{told}的通知", f"现将{said}印发给你们，请执行。")
    assert carried is not None
    assert carried.title == enclosed


@pytest.mark.parametrize(
    "title",
    [
        None,
        "关于提高最低工资标准的通知",
        "关于开展第三批见习基地申报工作的通知",
        "国务院关于修改《印章管理规定》的决定",
    ],
)
def test_nothing_carried(title):
    assert enclosed_of(title, "各地要认真贯彻执行。") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第一条 本办法适用于全市。第二条 本办法所称企业。", "办法"),
        ("现就有关事项通知如下：一、提高认识。", "通知"),
        ("加强领导，落实责任。", None),
    ],
)
def test_a_text_may_name_itself(text, kind):
    assert self_named_kind(text) == kind


@given(st.text())
def test_squeezing_takes_white_space_only(text):
    assert squeeze(text) == "".join(text.split())
    assert squeeze(squeeze(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("title", "paper"),
    [
        ("残疾人证", True),
        ("装修补贴登记表", True),
        ("商品房买卖合同（示范文本）", True),
        ("咸宁市房屋登记信息查询结果告知单", True),
        ("适配目录", False),
        ("关于推进社会保证工作的通知", False),
        ("广州市残疾人保障办法（试行）", False),
        (None, False),
    ],
)
def test_papers_are_no_documents(title, paper):
    assert names_paper(title) is paper


def test_who_issued_what_is_named_in_a_bracket_carries_nothing():
    said = "《定期定额征收公告》（四川省税务局公告2018年第12号发布，2021年第3号修改）被本公告取代。"
    assert enclosed_of("四川省税务局关于定额征收的公告", said) is None
