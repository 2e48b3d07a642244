"""Per what an amount is counted: 每人每天, /人·天, 每亩, 单套; one row of data a basis.

Names are those of the rule format: person, day, month, year, hour, certificate, enterprise,
institution, house ….
"""

from __future__ import annotations

import re

_BASES = (
    ("time", r"(?:人次|次|例|场)"),
    ("child", r"(?:个?子女|个?孩子?|个?婴幼?儿|名?儿童)"),
    ("certificate", r"(?:个证书|本证书?|张证书?|个?证书?|证)"),
    ("person", r"(?:人|名|位|生|个?学员|个?学生|个?人员|个?人才|个?劳动者|名?职工|个?工人)"),
    ("day", r"(?:个?工作日|天|日)"),
    ("month", r"个?月"),
    ("year", r"(?:个?学年|年度?)"),
    ("quarter", r"季度?"),
    ("hour", r"(?:个?小时|课时|学时)"),
    ("household", r"(?:户(?!企业)|个?家庭)"),
    ("enterprise", r"(?:户企业|家企业|个?企业|家(?!庭)|户企)"),
    ("institution", r"(?:所|个?机构|个?基地|个?单位|个?中心|个?平台|个?园区|个?站|个?学校)"),
    ("house", r"(?:套|栋|幢)"),
    ("m2", r"(?:平方米|平米|㎡|m2|m²)"),
    ("mu", r"亩(?!次)"),
    ("class", r"(?:个?班|期)"),
    ("project", r"(?:个?项目|项|个?课题)"),
    ("vehicle", r"(?:辆|车)"),
    ("head", r"(?:头|只|羽)"),
    ("ton", r"吨"),
    (
        "unit",
        r"(?:个?标准展位|个?展位|个?标箱|趟|起(?!止|付|步)|台|件|篇|张|间|床|个床位|个?岗位|个|张床位?|辖?村|个村|千瓦时?|度|立方米|公里|"
        r"公斤|株|份|款|座|桩)",
    ),
)
_WORDS = {name: re.compile(words) for name, words in _BASES}
_ANY = "|".join(words for _, words in _BASES)
#: 单 leads a basis before a counted thing only: 单项冠军 and 单位 are names
_SINGLE = (
    r"(?=[个户套家次人台辆件亩栋幢本张篇株座桩场期班年月日]|平方|项目|"
    r"项(?:奖|补|资助|最高|不超))"
)
_EVERY = re.compile(rf"(?:每一?|单{_SINGLE})(?P<what>{_ANY})")
_SLASH = re.compile(rf"\s*[/／·•.]\s*(?:每)?(?P<what>{_ANY})")
#: 元每人每天, 元（每人每年）; a parenthesis that goes on (每家企业每种产品只支持一次) is none
_AFTER = re.compile(rf"\s*(?:[（(](?=(?:每[^（）()每]{{1,4}}){{1,3}}[）)]))?每(?P<what>{_ANY})")


#: 同一家庭在1个自然年度内, 生均, 户均
_OTHER = (
    ("household", re.compile(r"同一家庭|同一户|户均")),
    ("enterprise", re.compile(r"同一企业|单个企业|同一单位|单户企业")),
    ("person", re.compile(r"同一人(?!员)|生均|人均|单人(?=每|补)")),
    ("mu", re.compile(r"亩均")),
    ("project", re.compile(r"单个项目|同一项目")),
    ("year", re.compile(r"[一1]个?[\u4e00-\u9fff]{0,4}年度内|年度累计|年(?:人|户|生)?均|当年累计")),
)


def bases_before(text: str) -> tuple[str, ...]:
    """Bases printed before a number: 每人每天, 同一家庭在1个自然年度内."""
    every = [_name(match["what"]) for match in _EVERY.finditer(text)]
    others = [name for name, pattern in _OTHER if pattern.search(text)]
    return _unique([*every, *others])


#: 月最低工资标准, 非全日制用工小时最低工资标准: the name of a standard says per what it is
_NAMED = re.compile(
    r"(?<![\d本当上下每全个半])(?P<what>小时|[月年日])(?=最低|基本|标准|补[贴助]|人均|工资|"
    r"津贴|租金)"
)


def bases_named(name: str | None) -> tuple[str, ...]:
    """The basis that an item's own name has: 月最低工资标准 is per month."""
    match = _NAMED.search(name or "")
    return (_name(match["what"]),) if match else ()


def bases_after(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """Bases printed behind a number (元/人/天, 元每人每天), and where they end."""
    found: list[str] = []
    end = at
    for pattern in (_SLASH, _AFTER):
        while match := pattern.match(text, end):
            found.append(_name(match["what"]))
            end = match.end()
    return _unique(found), end


def _name(words: str) -> str:
    return next(name for name, pattern in _WORDS.items() if pattern.fullmatch(words))


def _unique(names: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))  # type: ignore[call-overload]  # any iterable of names
