"""Organs' names in running text: where a list of them begins, ends, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.names import is_organ, list_at

ORGANS = (
    "省人社厅",
    "省财政厅",
    "市发展改革委",
    "市市场监管局",
    "县民政局",
    "高新区管委会",
    "国家税务总局",
    "省总工会",
    "县政府办公室",
)


@given(
    st.lists(st.sampled_from(ORGANS), min_size=1, max_size=5, unique=True),
    st.sampled_from(("要加强监管", "负责组织实施", "应当公开", "按职责分工负责")),
)
def test_a_list_is_split_at_its_commas(names, duty):
    text = "、".join(names) + duty
    found = list_at(text, 0)
    assert found is not None
    assert [one.name for one in found[0]] == names
    assert text[found[1] :] == duty
    assert all(text[one.start : one.end] == one.name for one in found[0])


@pytest.mark.parametrize("join", ["和", "与", "及", "以及", "、"])
def test_conjunctions_part_names(join):
    found = list_at(f"市教育局{join}市科技局要加强监管", 0)
    assert found is not None
    assert [one.name for one in found[0]] == ["市教育局", "市科技局"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各级人力资源社会保障、财政、教育部门要", ["各级人力资源社会保障", "财政", "教育部门"]),
        ("县级人社、财政部门要", ["县级人社", "财政部门"]),
        ("各县（市、区）要", ["各县（市、区）"]),
        ("各地要", ["各地"]),
        ("省发展和改革委员会要", ["省发展和改革委员会"]),
        ("省农业农村厅（省乡村振兴局）要", ["省农业农村厅（省乡村振兴局）"]),
        ("市住房和城乡建设局要", ["市住房和城乡建设局"]),
        ("公安、交通运输、城管等部门要", ["公安", "交通运输", "城管"]),
        ("市文化广电和旅游局、市体育局要", ["市文化广电和旅游局", "市体育局"]),
    ],
)
def test_lists_as_notices_print_them(text, names):
    found = list_at(text, 0)
    assert found is not None
    assert [one.name for one in found[0]] == names


@pytest.mark.parametrize(
    "text",
    [
        "企业要加强管理",
        "各职业院校要加强管理",
        "培训机构应当",
        "有效办法要推广",
        "全部要落实",
        "加强部门联动",
        "支持各地",
        "用人单位要",
        "干部要带头",
        "",
    ],
)
def test_what_is_no_organ(text):
    assert list_at(text, 0) is None


@pytest.mark.parametrize(
    "name", [*ORGANS, "各部门", "我局", "市局", "财政部", "税务机关", "乡镇人民政府", "人民法院"]
)
def test_organs(name):
    assert is_organ(name)


@pytest.mark.parametrize(
    "name",
    ["实施办法", "培训中心", "社会团体俱乐部", "全局", "干部", "参保单位", "经办", "加强部门"],
)
def test_not_organs(name):
    assert not is_organ(name)


@given(
    st.text(
        st.sampled_from("省市县各级人社财政教育部门厅局委办、和与及要负责（）有关的"), max_size=24
    )
)
def test_names_stand_where_they_say(text):
    found = list_at(text, 0)
    for one in found[0] if found else ():
        assert text[one.start : one.end] == one.name
