"""Reads the terms of single policies: 期限延至2021年12月底, 即日起至10月10日,
2019年1月1日至12月31日，对…给予….

A window in which somebody has to apply is no term of a policy.
"""

from __future__ import annotations

import re

from extractor.models import Validity
from extractor.reading import Reading, Sentence

#: 自通知印发之日至2020年12月31日: a term from an event to a day
_EVENT_UNTIL = re.compile(
    r"自?(?:本?(?:通知|公告|通告|意见|办法|措施|政策|方案|文件|规定))?"
    r"(?P<event>(?:公布|发布|印发|下发|颁布|发文|签发)之日|即日)起?(?:至|到)$"
)
#: whom a statement speaks of
SELF = re.compile(
    r"(?:本|该|此)(?:通知|办法|意见|措施|细则|方案|规定|决定|政策|公告|通告|文件|实施细则|"
    r"实施意见|若干措施|实施方案|实施办法|暂行办法|条例|计划|规程|规则|标准)|上述(?:政策|"
    r"措施|规定)|以上(?:政策|措施|规定)"
    # 调整后的最低工资标准自…起实行: the standard is what the notice sets
    r"|(?:调整|提高|修订|修改|上调|下调)后的?[^，。；]{0,16}?(?:标准|比例|政策|办法|规定|额度|范围)"
    r"|新(?:标准|政策|办法|规定)"
    # 本《通知》: a title is blanked here
    r"|[本此]\0{3,}"
)
_POLICY_TERM = re.compile(
    r"(?:执行期限|实施期限|政策(?:执行|实施)?期限|有效期限?|期限|执行|实施|政策|延续实施|"
    r"延续执行)(?:延长|延续|延|顺延|截止?)?(?:至|到)$|延(?:长|续)?(?:执行|实施)?(?:至|到)$"
    r"|(?:期限?|政策)(?:再)?延[长续](?:[一二两三\d]{1,2}个?[年月])[，,]?(?:延)?(?:至|到)$"
)
#: an application is made within a window; that is nobody's term
_ACT = re.compile(r"申报|申请|提交|报送|报名|登录|填报|上传|受理")
_NEAR = 60
_GRANT = re.compile(
    r"给予|免征|减征|减按|免收|减半|补贴|补助|返还|奖励|扣除|扣减|不征|暂免|缓缴|降低|放宽|"
    r"可组织|享受|实施|执行|阶段性|加计"
)

#: 禁火时间, 休渔期, 交通管制时段, 实施期限: what names how long a rule holds, not when to apply
TERM_NAME = re.compile(
    r"(?:禁|限[行制购]|封[山闭]|休渔|管[控制]|实施|执行|施行|有效|试行|适用|政策)[\u4e00-\u9fff]{0,6}"
    r"(?:时间|时段|期限?|期间)$"
)

_CHANGE = re.compile(
    # 2019年1月1日起全面施行的《…》及其实施条例 is the time of a law (发改办财金规〔2019〕860号)
    r"(?![^，,。；]{0,6}(?:施行|实施|生效|执行)的)"
    r"[，,]?\s*(?:[^，,。；不]{0,60}[，,])?[^，,。；不]{0,40}?"
    r"(?:实施(?!条例|细则|办法|意见|方案)|执行|实行|提高|上调|"
    r"下调|调整|降低|给予|免征|减征|停征|取消"
    # 自2003年9月1日起，全市禁止生产实心粘土砖 (厦门 2002)
    r"|禁止(?!使用期)|严禁)"
    # 自2021年1月1日起，新发放的贷款…: what is new from then on
    r"|[，,]?\s*(?:对)?新(?:发放|签订|签发|受理|认定|购置|招用|引进|开工|办理|申请|增的)"
)

#: 经市政府同意，我市从2025年7月1日起调整…: whose policy it is says no more than 本
_HERE = re.compile(r"(?:^|[，,；;。：:])\s*(?:决定)?(?:[我本全][省市县区州盟旗]|自治区|全国|各地)$")


def policy_term(reading: Reading, sentence: Sentence) -> None:
    """A policy's own term: 期限延至2021年12月底, 2019年1月1日至12月31日，对…给予…."""
    for quantity in sentence.quantities:
        start, end = sentence.local(quantity.span)
        core = sentence.local(quantity.core)[0]
        event = _EVENT_UNTIL.search(sentence.plain, 0, core) if quantity.kind == "date" else None
        if event and _opens(sentence.plain[: event.start()]) and _is_term(sentence, event, end):
            last = quantity.to or quantity.date
            fact = Validity(event=event["event"], delay="P0D", effective_to=last)
            reading.tag(sentence, event.start(), end, fact)
        elif quantity.kind == "date" and (
            named := _POLICY_TERM.search(sentence.plain, max(0, core - 14), core)
        ):
            left, _ = sentence.chunk(named.start())
            reading.tag(sentence, left, end, Validity(effective_to=quantity.to or quantity.date))
        elif (
            quantity.kind == "date"
            and quantity.bound == "from"
            and quantity.precision in (None, "month", "year")
            and _starts_policy(sentence, start, end)
        ):
            day = quantity.from_ if quantity.precision == "month" else quantity.date
            reading.tag(sentence, start, end, Validity(effective_from=day))
        elif (
            quantity.kind == "period"
            and quantity.precision is None
            and _is_policy_period(sentence, start, end)
        ):
            left, _ = sentence.chunk(start)
            fact = Validity(effective_from=quantity.from_, effective_to=quantity.to)
            reading.tag(sentence, min(left, start), end, fact)


#: 2021年5月1日至2022年4月30日实施阶段性下调工伤保险费率50%的政策
_POLICY_NEXT = (
    r"(?:继续|延续|阶段性)*(?:(?:实施|执行|实行)[^，。；]{2,40}(?:政策|标准|费率|税率|价格)"
    r"|免征|减征|减半|暂免|停征|缓缴)"
)


#: 执行期限均为|印发之日起至2022年12月31日
_NAMED_TERM = re.compile(
    r"(?:执行|实施|政策|有效|施行|试行)[期限时间]{1,2}(?:均|统一|暂定)?(?:为|是)?[：:]?$"
)


def _is_term(sentence: Sentence, event: re.Match[str], end: int) -> bool:
    """即日起至10月10日 is a term where it is called one or a grant follows; 申报时间 is none."""
    if event["event"] != "即日":
        return True
    name = sentence.plain[: event.start()].rstrip("：: ")
    named = TERM_NAME.search(name.removesuffix("为")) is not None
    return named or bool(not name and _GRANT.search(sentence.plain, end, end + _NEAR))


def _opens(left: str) -> bool:
    """Whether a term may begin behind ``left``: 合同期限自签发之日至… is a contract's."""
    return (
        not left.strip()
        or left.rstrip()[-1] in "，,；;：:。"
        or bool(SELF.search(left))
        or _NAMED_TERM.search(left) is not None
    )


def _starts_policy(sentence: Sentence, start: int, end: int) -> bool:
    """自2023年1月1日起，低保标准提高到…: a change of policy that begins on a day."""
    left = sentence.plain[:start]
    opens = not left.strip("，, ") or left[-1] in "，,；;" or bool(_HERE.search(left))
    return opens and bool(_CHANGE.match(sentence.plain, end))


def _is_policy_period(sentence: Sentence, start: int, end: int) -> bool:
    """The period opens the sentence (or a part of it) and a grant follows it."""
    left = sentence.plain[max(0, start - 2) : start].strip()
    opens = not left or left[-1] in "，；;,。：:对"
    following = sentence.plain[end:]
    grant = _GRANT.search(following)
    if not opens or grant is None or not re.match(rf"[，,对将]|期间|{_POLICY_NEXT}", following):
        return False
    # 自2023年1月1日至2027年12月31日，脱贫人口…的人员，…依次扣减: 自 opens a term however far
    # off the grant stands
    return grant.end() <= _NEAR or (
        sentence.plain.startswith("自", start) and not _ACT.search(following, 0, grant.end())
    )
