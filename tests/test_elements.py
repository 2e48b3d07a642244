"""The elements of GB/T 9704-2012: what is printed is read, what is not stays empty."""

import pytest
from extractor_samples import NOTICE, source

from extractor.elements import addressees_of, issuers_of, read_front, title_of
from extractor.models import Citation, Elements
from extractor.pipeline import extract


def elements(text: str) -> Elements:
    return extract(source(text)).extraction.notice.elements


def test_a_whole_notice():
    found = elements(NOTICE)
    assert str(found.number) == "晋文旅办发〔2021〕123号"
    assert (
        found.title
        == "山西省文化和旅游厅关于印发《2021年文化和旅游行业技能提升培训实施方案》的通知"
    )
    assert found.kind == "通知"
    assert found.issuers == ("山西省文化和旅游厅",)
    assert found.addressees == ("各市文化和旅游局", "各有关单位")
    assert found.issued == "2021-06-08"
    assert found.issued_year == 2021
    assert found.printed == "2021-06-09"
    assert found.publicity == "此件公开发布"
    assert found.copied_to == ("省人民政府办公厅", "省财政厅")
    assert [(a.label, a.title) for a in found.attachments] == [
        ("附件1", "培训任务分配表"),
        ("附件2", "培训情况统计表"),
    ]
    assert found.enclosed is not None
    assert found.enclosed.title == "2021年文化和旅游行业技能提升培训实施方案"
    assert found.region is not None
    assert (found.region.code, found.region.level) == ("140000", "province")


def test_what_is_not_printed_is_empty():
    found = elements("一、总体要求\n各地要加强领导。\n二、工作任务\n各地要抓好落实。")
    assert found == Elements()


def test_a_joint_notice_has_all_its_issuers():
    text = (
        "晋人社厅函〔2021〕600号\n"
        "山西省人力资源和社会保障厅 山西省财政厅 山西省教育厅\n"
        "关于进一步推进职业技能提升行动的通知\n"
        "各市人力资源和社会保障局、财政局、教育局：\n"
        "一、加强领导\n各地要加强领导。\n"
        "山西省人力资源和社会保障厅\n山西省财政厅\n山西省教育厅\n2021年5月20日\n"
    )
    found = elements(text)
    assert found.issuers == ("山西省人力资源和社会保障厅", "山西省财政厅", "山西省教育厅")
    assert found.issued == "2021-05-20"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["财政部关于印发办法的通知", "各省、自治区、直辖市财政厅（局）："],
            "财政部关于印发办法的通知",
        ),
        (
            ["某市人民政府办公室", "关于促进就业的若干意见", "各县（市、区）人民政府："],
            "某市人民政府办公室关于促进就业的若干意见",
        ),
        (
            ["某市住房和城乡建设局", "关于印发《某市购房补贴", "实施细则》的通知", "各有关单位："],
            "某市住房和城乡建设局关于印发《某市购房补贴实施细则》的通知",
        ),
        (
            ["某人社〔2022〕2号", "关于印发某市人才入户管理办法", "实施细则的通知", "各有关单位："],
            "关于印发某市人才入户管理办法实施细则的通知",
        ),
        (
            [
                "某人社〔2022〕2号",
                "关于印发人才入户办法的通知",
                "人才入户办法",
                "第一条 为规范入户。",
            ],
            "关于印发人才入户办法的通知",
        ),
    ],
)
def test_a_title_over_several_lines_is_one(lines, title):
    assert title_of(lines, read_front(lines)) == title


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "各市人民政府，省人民政府各委、办、厅、局：",
            ("各市人民政府", "省人民政府各委、办、厅、局"),
        ),
        (
            "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
            ("各省、自治区、直辖市人民政府", "国务院各部委", "各直属机构"),
        ),
        ("各县（市、区）人社局、财政局：", ("各县（市、区）人社局", "财政局")),
        ("各有关单位：", ("各有关单位",)),
        (
            "各省、自治区、直辖市、计划单列市财政厅（局）、人力资源社会保障厅（局）：",
            ("各省、自治区、直辖市、计划单列市财政厅（局）", "人力资源社会保障厅（局）"),
        ),
        ("各国家级、省级见习基地，各企业：", ("各国家级、省级见习基地", "各企业")),
        ("武进区、新北区人民政府，市各委办局：", ("武进区、新北区人民政府", "市各委办局")),
        ("市府直属和中央、省属驻梅各单位：", ("市府直属和中央、省属驻梅各单位",)),
        ("高新区、南海区、各镇人民政府：", ("高新区", "南海区", "各镇人民政府")),
        (
            "各省、自治区、直辖市及计划单列市、新疆生产建设兵团中小企业主管部门：",
            ("各省、自治区、直辖市及计划单列市、新疆生产建设兵团中小企业主管部门",),
        ),
        (
            "各县（市、区）、经开区、平原示范区科技管理部门，各有关单位：",
            ("各县（市、区）、经开区、平原示范区科技管理部门", "各有关单位"),
        ),
        (
            "各有关市、县（市、区）林业局，省直林管局：",
            ("各有关市、县（市、区）林业局", "省直林管局"),
        ),
    ],
)
def test_addressees_are_split_where_printed_apart(line, names):
    assert addressees_of(line) == names


@pytest.mark.parametrize(
    ("printed", "issued"),
    [
        ("2021年6月8日", "2021-06-08"),
        ("二〇二一年六月八日", "2021-06-08"),
        ("2021年06月08日", "2021-06-08"),
        ("２０２１年６月８日", "2021-06-08"),
        ("二0二一年六月八日", "2021-06-08"),
    ],
)
def test_the_date_of_issue(printed, issued):
    head = "某市财政局关于加强资金管理的通知\n各有关单位：\n一、加强领导\n各地要加强领导。\n"
    text = f"{head}某市财政局\n{printed}\n"
    assert elements(text).issued == issued


def test_an_order_is_numbered_below_its_issuer_and_the_title_above_it():
    found = elements(
        "某自治区集镇建设管理实施办法\n某自治区人民政府令\n第82号\n"
        "《某自治区集镇建设管理实施办法》已经通过，现予发布施行。\n1997年7月23日\n"
        "第一章 总则\n第一条 为了加强管理，制定本办法。"
    )
    assert found.title == "某自治区集镇建设管理实施办法"
    assert str(found.number) == "某自治区人民政府令第82号"


def test_members_are_addressed_and_who_signs_stands_below_the_contact():
    found = elements(
        "各市州人民政府，省安委会各成员单位：\n经同意，现将工作要点印发你们，请抓好贯彻落实。\n"
        "联系人：王某某，联系电话：0971-6138729\n某省安全生产委员会\n2020年3月3日"
    )
    assert found.addressees == ("各市州人民政府", "省安委会各成员单位")
    assert found.issuers == ("某省安全生产委员会",)


def test_without_a_date_the_year_is_the_numbers():
    found = elements(
        "晋财社〔2020〕15号\n山西省财政厅关于加强资金管理的通知\n各市财政局：\n一、加强领导。"
    )
    assert (found.issued, found.issued_year) == (None, 2020)


def test_a_number_cited_in_the_text_is_not_its_own():
    found = elements(
        "关于加强资金管理的通知\n各有关单位：\n根据国发〔2018〕39号文件要求，现就有关事项通知如下。"
    )
    assert found.number is None


def test_a_bracket_below_the_title_dates_the_notice():
    head = "某县人民政府关于支持重点产业的实施意见\n（2023年2月8日）\n"
    assert elements(f"{head}为抢抓机遇，制定本意见。\n一、支持\n给予奖励。").issued == "2023-02-08"


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("关于税收政策的公告\n财政部 税务总局公告2023年第15号", "财政部税务总局公告2023年第15号"),
        ("国务院令\n第722号\n优化营商环境条例", "国务院令第722号"),
        ("某省人民政府令\n（第218号）\n最低工资规定", "某省人民政府令第218号"),
        # of a joint issue that has two, the first organ's
        ("黑财规〔2018〕24号 黑人社规〔2018〕9号\n关于资金的办法", "黑财规〔2018〕24号"),
        ("黑财规〔2018〕24号、黑人社规〔2018〕9号\n关于资金的办法", "黑财规〔2018〕24号"),
    ],
)
def test_a_number_without_brackets_is_the_documents_own(head, number):
    body = (
        "为优化营商环境，制定本规定，现公布如下，请各地各部门认真遵照执行，并及时报告执行中的问题。"
    )
    extraction = extract(source(f"{head}\n{body}\n一、范围\n各地适用。")).extraction
    assert str(extraction.notice.elements.number) == number
    assert [tag for tag in extraction.tags if type(tag.fact) is Citation] == []


def test_a_list_without_a_kind_has_its_first_line_for_a_title():
    text = "2023年耕地地力保护补贴政策清单\n1.补贴对象。种地农民。\n2.补贴标准。每亩补贴100元。"
    assert elements(text).title == "2023年耕地地力保护补贴政策清单"
    assert elements("总体要求\n1.加强领导。\n2.抓好落实。").title is None


@pytest.mark.parametrize(
    ("title", "signature", "issuers"),
    [
        ("省财政厅关于下达资金预算的通知", ("湖北省财政厅",), ("湖北省财政厅",)),
        ("市教育局关于招生的通知", ("市教育局",), ("市教育局",)),
        ("关于调整补贴标准的通知", ("上海市民政局",), ("上海市民政局",)),
        ("资金申报指南", (), ()),
    ],
)
def test_a_signature_says_of_which_province_the_title_s_issuer_is(title, signature, issuers):
    assert issuers_of(title, (), signature) == issuers


def test_a_number_in_brackets_below_the_title_is_the_document_s():
    lines = [
        "梅州市人民政府办公室关于印发实施办法的通知",
        "（梅市府办〔2020〕14号）",
        "各县（市、区）人民政府：",
        "现印发给你们，请认真贯彻执行。",
    ]
    assert str(read_front(lines).number) == "梅市府办〔2020〕14号"
