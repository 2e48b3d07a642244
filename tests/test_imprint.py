"""What stands below the text: signature, 附注, annexes, contacts, 版记."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.imprint import (
    attachments_of,
    contacts_of,
    copied_to_of,
    date_of,
    is_imprint,
    printed_of,
    publicity_of,
    signature,
    split_outside_brackets,
)


@given(st.dates())
def test_a_full_date_is_read(day):
    assert date_of(f"{day.year:04}年{day.month}月{day.day}日") == day.isoformat()


@pytest.mark.parametrize("text", ["2021年6月", "2021年13月8日", "6月8日", "", "二〇二一年"])
def test_what_is_no_full_date_is_none(text):
    assert date_of(text) is None


@given(st.text(st.sampled_from("甲乙（）()《》“”、，"), max_size=30), st.sampled_from("、，"))
def test_a_split_loses_nothing(text, mark):
    assert mark.join(split_outside_brackets(text, mark)) == text


def test_brackets_hold_what_they_hold():
    assert split_outside_brackets("各县（市、区）、各局", "、") == ["各县（市、区）", "各局"]


def test_a_signature_is_organs_above_a_date():
    lines = ["各地要抓好落实。", "山西省财政厅", "山西省教育厅", "2021年6月8日"]
    found = signature(lines, 0)
    assert found is not None
    assert (found.names, found.issued, found.first_line) == (
        ("山西省财政厅", "山西省教育厅"),
        "2021-06-08",
        1,
    )


def test_a_date_in_a_sentence_signs_nothing():
    assert signature(["自2021年6月8日起施行。", "2021年6月8日前完成"], 0) is None


def test_a_single_annex():
    assert attachments_of(["正文。", "附件：培训任务分配表"])[0][0].title == "培训任务分配表"


def test_numbered_annexes_and_their_lines():
    lines = ["正文。", "附件：1.申报表", "2.汇总表.docx", "3.承诺书", "4月1日"]
    found, taken = attachments_of(lines)
    assert [(a.label, a.title) for a in found] == [
        ("附件1", "申报表"),
        ("附件2", "汇总表"),
        ("附件3", "承诺书"),
    ]
    assert taken == {1, 2, 3}


def test_no_annex_is_none():
    assert attachments_of(["正文。", "见附件。"]) == ((), frozenset())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("抄送：省委办公厅，省人大常委会办公厅。", ("省委办公厅", "省人大常委会办公厅")),
        ("抄送:各县（市、区）财政局、教育局。", ("各县（市、区）财政局", "教育局")),
        ("抄 送：省审计厅。", ("省审计厅",)),
        ("报送：省委办公厅。", ()),
    ],
)
def test_copies(line, names):
    assert copied_to_of(["正文。", line]) == names


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("（此件公开发布）", "此件公开发布"),
        ("(此件主动公开)", "此件主动公开"),
        ("公开方式：主动公开", "主动公开"),
        ("（此件见下页）吗", None),
    ],
)
def test_publicity(line, words):
    assert publicity_of(["正文。", line]) == words


def test_the_day_of_printing():
    assert printed_of(["山西省人民政府办公厅　　2019年8月26日印发"]) == "2019-08-26"
    assert printed_of(["2019年8月26日"]) is None


@pytest.mark.parametrize(
    ("line", "name", "phone", "email"),
    [
        ("联系人：张三　联系电话：0351-3046188", "张三", "0351-3046188", None),
        ("联系人：李四，13835112345", "李四", "13835112345", None),
        (
            "联系人：王五 电话：0571—85115011 邮箱：wang5@163.com",
            "王五",
            "0571—85115011",
            "wang5@163.com",
        ),
    ],
)
def test_contacts(line, name, phone, email):
    (found,) = contacts_of(["正文。", line])
    assert (found.name, found.phone, found.email) == (name, phone, email)


def test_a_line_without_a_way_to_ask_is_no_contact():
    assert contacts_of(["联系人：张三"]) == ()


@pytest.mark.parametrize(
    "line",
    [
        "（此件公开发布）",
        "抄送：省委办公厅。",
        "山西省人民政府办公厅 2019年8月26日印发",
        "共印120份",
    ],
)
def test_imprint_lines(line):
    assert is_imprint(line)


@pytest.mark.parametrize("line", ["一、总体要求", "2019年8月26日前完成", "抄送有关单位。", ""])
def test_other_lines(line):
    assert not is_imprint(line)
