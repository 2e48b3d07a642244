"""Where a notice without a head is from."""

import pytest

from extractor import regions
from extractor.parse import parse

BODY = "各单位：\n一、补贴标准\n给予每人300元培训补贴。\n{last}\n"


def place(text: str) -> str | None:
    found = parse(text, regions.load()).elements.region
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "文水县财政局关于发放补贴的通知\n各单位：\n一、略\n",
            "文水县",
        ),
        ("广州市地下空间开发利用管理办法\n第一条 为规范利用，制定本办法。\n", "广州市"),
        (
            BODY.format(last="本细则由咸宁市住房和城市更新局牵头负责解释。"),
            "咸宁市",
        ),
        (
            BODY.format(last="补贴工作由五华区住房和城乡建设局负责解释。"),
            "五华区",
        ),
        (BODY.format(last="以本通知为准。具体细则由杭州住房公积金管理中心制定。"), "杭州市"),
        (
            "为鼓励农民进城购房，对在双辽市城区内购买唯一商品住房的农业户口家庭，制定如下优惠政策。\n"
            "一、略\n",
            "双辽市",
        ),
        (
            "第一条 为规范管理，制定本办法。\n第二条 本办法适用于五华县行政区域内的企业。\n",
            "五华县",
        ),
        ("第一条 为规范管理，制定本办法。\n第二条 本办法适用于在本市区域内的企业。\n", None),
        ("一、对在广州市购买住房的家庭，学习其做法，制定如下政策。\n", None),
        (
            "各市人民政府：\n《关于支持广西新能源汽车推广应用的若干措施》已经自治区人民政府同意，"
            "现印发给你们。\n一、略\n",
            "广西壮族自治区",
        ),
        (
            "各市人民政府：\n《关于支持广西企业的若干措施》已经省人民政府同意，现印发给你们。\n一、略\n",
            None,
        ),
        # a place that is spoken of, an organ without a place, a short name that may be a word
        (BODY.format(last="二、请学习广州市的做法。"), None),
        (BODY.format(last="二、本办法由市人力资源和社会保障局负责解释。"), None),
        ("长治久安工作方案\n一、总体要求\n抓好落实。\n", None),
        # what is forwarded is another's
        (
            "转发《广州市就业办法》的通知\n各单位：\n现转发给你们。\n",
            None,
        ),
    ],
)
def test_a_notice_is_from_where_its_own_words_place_it(text, expected) -> None:
    assert place(text) == expected
