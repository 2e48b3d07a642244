"""Tells organs from what only describes them: 山西省财政厅 from 各市, 有关部门, 财政部门.

Judged by the form of the name alone, so that it holds for notices of any place; what is not
certainly general counts as an organ.
"""

from __future__ import annotations

import re
from typing import Literal

from site_builder.facts import Department

Kind = Literal["full", "printed", "general"]

#: what a list of each kind is called, and what it holds
KINDS: dict[Kind, tuple[str, str]] = {
    "full": ("机关", "按发文机关所在地能够确定全称的机关。"),
    "printed": (
        "照原文列出的机关",
        "原文用简称，不能确定全称；各文件中同样写法的列在一起，不一定是同一个机关。",
    ),
    "general": (
        "泛称",
        "各地、有关部门、财政部门这类说法，不指某一个机关；同样写法的列在一起，便于查阅。",
    ),
}
#: words that point at organs without naming one
_POINTING = re.compile(
    r"各|有关|相关|其他|其它|所在地|当地|属地|地方(?!金融|税务|志|史)|同级|本级|上级|下级|以上|以下|或|本市|本省|本县|我[省市县区]"
    r"|^(?:全[国省市区县]|其|所有|省级|市级|县级|区级|乡镇|镇街)"
)
#: 财政部门, 公安机关: whoever does that work in a place
_FUNCTION = re.compile(r"(?:部门|机关|机构|单位|组织|政府)$")
#: how the name of an organ ends; 财政, 发改 and 人社 alone name a line of work
_ORGAN = re.compile(
    r"(?:局|厅|委|部|办|处|科|署|院|所|站|室|会|团|社|行|队|馆|校|厂|府|监|公司|集团|中心|小组|法院|检察院|联席会议"
    r"|工会|妇联|残联|团委|指挥部|委员会|办公室|窗口|人民政府)(?:[（(].*)?$"
)
_NAMED_GOVERNMENT = re.compile(r"^[^省市县区镇]{1,}[省市县区镇乡旗州盟].*政府$")


def kind_of(organ: Department) -> Kind:
    """Whether the name is an organ in full, an organ as printed, or general."""
    if organ.known:
        return "full"
    return "general" if is_general(organ.name) else "printed"


def is_general(name: str) -> bool:
    """Whether ``name`` points at organs without naming one."""
    bare = re.sub(r"[（(].*?[）)]", "", name)
    if _POINTING.search(bare):
        return True
    if _FUNCTION.search(bare):
        return not _NAMED_GOVERNMENT.match(bare)
    return not _ORGAN.search(bare)
