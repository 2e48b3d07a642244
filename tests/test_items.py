"""What money is for: the nearest noun, fuller where the sentence or the heading is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.items import item_for, items


def item_of(text: str, *headings: str, role: str = "standard") -> str | None:
    """The item of the number in ⟨⟩, in the phrase between commas."""
    start, end = text.index("⟨"), text.index("⟩") - 1
    plain = text.replace("⟨", "").replace("⟩", "")
    left = max(plain.rfind(mark, 0, start) for mark in "，；。") + 1
    right = min((at for mark in "，；。" if (at := plain.find(mark, end)) >= 0), default=len(plain))
    return item_for(plain, (left, right), (start, end), list(headings), role)


@pytest.mark.parametrize(
    ("text", "headings", "item"),
    [
        ("给予每人⟨300元⟩培训补贴。", (), "培训补贴"),
        ("培训补贴标准为每人⟨300元⟩。", (), "培训补贴"),
        ("给予⟨5000元⟩一次性创业补贴。", (), "一次性创业补贴"),
        ("购房补贴按每套⟨2万元⟩发放。", (), "购房补贴"),
        ("给予每套⟨2万元⟩补贴。", ("购房补贴标准",), "购房补贴"),
        ("标准为每人⟨600元⟩。", ("取证补贴",), "取证补贴"),
        ("高龄津贴每人每月⟨50元⟩。", (), "高龄津贴"),
        ("收取租金⟨800元⟩。", (), "租金"),
        ("补贴上限为⟨1万元⟩。", ("申请、适配和补贴",), "补贴"),
        ("每套房屋对应购房补贴金额最高不超过⟨3万元⟩。", (), "购房补贴"),
        ("对应届毕业生给予⟨2000元⟩求职补贴。", (), "求职补贴"),
        ("分别奖励⟨2万元⟩、1万元。", (), "奖励"),
        ("对新建基站，每座补助⟨5000元⟩。", (), "补助"),
        ("单户企业贴息最高⟨50万元⟩。", (), "贴息"),
        ("每个企业租金补贴每年不超过⟨5万元⟩。", (), "租金补贴"),
        ("给予⟨2万元⟩贷款贴息。", (), "贷款贴息"),
        ("年奖励金额为⟨20万元⟩。", (), "年奖励"),
        ("发放⟨500元⟩（不含交通补贴）的就业补贴。", (), "就业补贴"),
        ("就业补贴（每人⟨500元⟩）和安家费。", (), "就业补贴"),
    ],
)
def test_the_item(text, headings, item):
    assert item_of(text, *headings) == item


def test_what_is_levied_is_named_whole():
    assert item_of("减按⟨25%⟩计入应纳税所得额。", role="share") == "应纳税所得额"
    assert item_of("减按⟨50%⟩征收教育费附加。", role="share") == "教育费附加"


def test_no_item_is_made_up():
    assert item_of("规模为⟨300元⟩。") is None


@given(st.text(st.sampled_from("给予每人培训补贴标准购房奖励资金一次性的，。按元年"), max_size=40))
def test_items_stand_where_they_say(text):
    for item in items(text):
        assert text[item.start : item.end] == item.name
