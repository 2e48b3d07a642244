"""Reads what a document says of its own force: 自…起施行, 有效期五年, 执行至2023年底, 期限延至….

A term that starts with an event (印发之日) keeps the event and its delay; no date is computed
from it.
"""

from __future__ import annotations

import re

from extractor.components.lone_times import lone_time
from extractor.models import Validity
from extractor.numerals import to_int
from extractor.reading import Reading, Sentence

_IN_FORCE = re.compile(r"起?\s*(?:正式|开始|试)?(?:施行|实施|执行|试行|生效|实行)")
_EVENT = re.compile(
    r"自?(?P<event>(?:公布|发布|印发|下发|颁布|发文|签发|公告|文件印发|政策公布)之日)"
    r"(?:起)?(?P<delay>\s*(?:(?P<n>\d+|[一二三四五六七八九十]+)(?P<u>日|天|个月|个工作日))"
    r"(?:后|起|之后))?"
    r"(?:正式|开始|试)?(?P<verb>施行|实施|执行|试行|生效|实行|起施行|起实施|起执行|有效)"
)
#: 自通知印发之日至2020年12月31日: a term from an event to a day
_EVENT_UNTIL = re.compile(
    r"自?(?:本?(?:通知|公告|通告|意见|办法|措施|政策|方案|文件|规定))?"
    r"(?P<event>(?:公布|发布|印发|下发|颁布|发文|签发)之日)起?(?:至|到)$"
)
_SELF = re.compile(
    r"(?:本|该|此)(?:通知|办法|意见|措施|细则|方案|规定|决定|政策|公告|通告|文件|实施细则|"
    r"实施意见|若干措施|实施方案|实施办法|暂行办法|条例|计划|规程|规则|标准)|上述(?:政策|"
    r"措施|规定)|以上(?:政策|措施|规定)"
    # 调整后的最低工资标准自…起实行: the standard is what the notice sets
    r"|(?:调整|提高|修订|修改|上调|下调)后的?[^，。；]{0,16}?(?:标准|比例|政策|办法|规定|额度|范围)"
    r"|新(?:标准|政策|办法|规定)"
)
_TERM = re.compile(
    r"(?:试行期|有效期|有效期限|执行期限?|试行|政策(?:执行|实施|有效)(?:时间|期限?))"
    r"(?:限)?(?:暂定|暂)?(?:为|至|到|：|:)?\s*$"
)
_POLICY_TERM = re.compile(
    r"(?:执行期限|实施期限|政策(?:执行|实施)?期限|有效期限?|期限|执行|实施|政策|延续实施|"
    r"延续执行)(?:延长|延续|延|顺延|截止?)?(?:至|到)$|延(?:长|续)?(?:执行|实施)?(?:至|到)$"
)
#: 现予公布，自2028年1月1日起施行: what is published here, whatever it is called
_PUBLISHED = re.compile(
    r"现(?:予以?|将[^。；]{1,40})?(?:公布|发布|印发|颁布)[^。；]{0,60}?[，,](?:同时|并)?$"
)
#: an application is made within a window; that is nobody's term
_ACT = re.compile(r"申报|申请|提交|报送|报名|登录|填报|上传|受理")
_NEAR = 60
_GRANT = re.compile(
    r"给予|免征|减征|减按|免收|减半|补贴|补助|返还|奖励|扣除|扣减|不征|暂免|缓缴|降低|放宽|"
    r"可组织|享受|实施|执行|阶段性|加计"
)

_OWN_TERM = re.compile(r"有效期|试行期|执行期")
_CHANGE = re.compile(
    r"[，,]?\s*(?:[^，,。；不]{0,60}[，,])?[^，,。；不]{0,40}?(?:实施|执行|实行|提高|上调|"
    r"下调|调整|降低|给予|免征|减征|停征|取消)"
    # 自2021年1月1日起，新发放的贷款…: what is new from then on
    r"|[，,]?\s*(?:对)?新(?:发放|签订|签发|受理|认定|购置|招用|引进|开工|办理|申请|增的)"
)


#: 经市政府同意，我市从2025年7月1日起调整…: whose policy it is says no more than 本
_HERE = re.compile(r"(?:^|[，,；;。：:])\s*(?:决定)?(?:[我本全][省市县区州盟旗]|自治区|全国|各地)$")


def validity(reading: Reading) -> None:
    """Tag every statement of force."""
    for sentence in reading.sentences:
        found = (
            _event(reading, sentence)
            or _own_date(reading, sentence)
            or _stretch_alone(reading, sentence)
        )
        if not found:
            _policy_term(reading, sentence)


def _event(reading: Reading, sentence: Sentence) -> bool:
    match = _EVENT.search(sentence.plain)
    if not match or not _speaks_of_itself(sentence, match.start()):
        return False
    delay = _delay(match) or "P0D"
    term, begin, end_date, end = _term(sentence, match.end())
    start = _statement_start(sentence, match.start())
    fact = Validity(begin, event=match["event"], delay=delay, term=term, effective_to=end_date)
    reading.tag(sentence, start, max(match.end(), end), fact)
    return True


def _delay(match: re.Match[str]) -> str | None:
    if not match["delay"]:
        return None
    count = to_int(match["n"])
    return f"P{count}{'M' if '月' in match['u'] else 'D'}" if count else None


def _own_date(reading: Reading, sentence: Sentence) -> bool:
    """自2024年10月9日起施行, with the term that may follow."""
    for quantity in sentence.quantities:
        if quantity.kind not in ("date", "period"):
            continue
        start, end = sentence.local(quantity.span)
        if (
            quantity.bound == "from"
            and _IN_FORCE.match(sentence.plain, end)
            and _speaks_of_itself(sentence, start)
        ):
            verb = _IN_FORCE.match(sentence.plain, end)
            term, _, until, last = _term(sentence, verb.end() if verb else end)
            fact = Validity(effective_from=quantity.date, term=term, effective_to=until)
            reading.tag(
                sentence,
                _statement_start(sentence, start),
                max(last, verb.end() if verb else end),
                fact,
            )
            return True
        if (
            quantity.kind == "period"
            and (named := _TERM.search(sentence.plain[:start]))
            and (named[0].startswith("政策") or _governs(sentence))
        ):
            fact = Validity(effective_from=quantity.from_, effective_to=quantity.to)
            reading.tag(sentence, _statement_start(sentence, start), end, fact)
            return True
    return _term_alone(reading, sentence)


def _term_alone(reading: Reading, sentence: Sentence) -> bool:
    """有效期5年 in a sentence of its own."""
    match = _OWN_TERM.search(sentence.plain)
    if not match or not _governs(sentence):
        return False
    term, begin, until, end = _term(sentence, match.start())
    if term and begin is None:
        begin, end = _counted_from(sentence, end)
    if term or until:
        reading.tag(
            sentence,
            _statement_start(sentence, match.start()),
            end,
            Validity(begin, term=term, effective_to=until),
        )
        return True
    return False


#: 禁火时间, 休渔期, 交通管制时段, 实施期限: what names how long a rule holds, not when to apply
_TERM_NAME = re.compile(
    r"(?:禁|限[行制购]|封[山闭]|休渔|管[控制]|实施|执行|施行|有效|试行|适用|政策)[\u4e00-\u9fff]{0,6}"
    r"(?:时间|时段|期限?|期间)$"
)


def _stretch_alone(reading: Reading, sentence: Sentence) -> bool:
    """一、禁火时间 / 2021年9月20日至2021年10月31日。: a stretch that its heading or label names."""
    named = lone_time(reading, sentence)
    if named is None or named[1].kind != "period" or not _TERM_NAME.search(named[0]):
        return False
    start, end = sentence.local(named[1].span)
    reading.tag(sentence, start, end, Validity(named[1].from_, effective_to=named[1].to))
    return True


def _counted_from(sentence: Sentence, at: int) -> tuple[str | None, int]:
    """有效期三年，自2021年8月1日起计算: the day a term at ``at`` begins, and where that ends."""
    for quantity in sentence.quantities:
        start, stop = sentence.local(quantity.span)
        if quantity.bound == "from" and re.fullmatch("[，,]?", sentence.plain[at:start]):
            return quantity.date, stop
    return None, at


def _speaks_of_itself(sentence: Sentence, at: int) -> bool:
    left = sentence.plain[:at]
    opens = len(left.strip(" 、，")) <= 4
    return opens or bool(_SELF.search(left)) or bool(_PUBLISHED.search(left))


def _governs(sentence: Sentence) -> bool:
    found = _SELF.search(sentence.plain)
    # 《…》（泰价费〔2009〕211号）试行期已满，该通知继续执行至…: it is the one that was named
    another = (
        found and found[0].startswith(("该", "此")) and "\x00" in sentence.plain[: found.start()]
    )
    return bool(found) and not another


def _statement_start(sentence: Sentence, at: int) -> int:
    own = list(_SELF.finditer(sentence.plain, 0, at))
    return own[-1].start() if own else at


#: 执行至, 有效期截止: what may stand before the last day
_UNTIL = re.compile(
    r"有效期(?:限)?(?:截止|延长)?(?:至|到)?$|(?:有效|执行|实施|施行|试行)"
    r"(?:期限)?(?:截止)?(?:至|到)?$"
)
#: 实施期限为2023年至2025年
_DURING = re.compile(r"(?:有效|实施|执行|试行)(?:期限?|时间)(?:暂定)?(?:为|自|从|：|:)?$")
_ENDS = re.compile(r"\s*(?:截止|止|废止|终止|失效|自动失效|到期)")


def _closes(text: str, between: str, stop: int) -> bool:
    """自印发之日起执行，2021年12月31日截止: the day at ``stop`` ends what began just before."""
    # 至2023年底止: the last word may belong to the day
    ends = _ENDS.match(text, stop) or text[:stop].endswith("止")
    return bool(re.fullmatch(r"[，,]?(?:至|到|于)?", between) and ends)


def _term(sentence: Sentence, at: int) -> tuple[str | None, str | None, str | None, int]:
    """有效期五年, 有效期至2025年12月31日, 暂定一年(2022年9月1日-2023年8月31日) after ``at``:
    the term, its first and last day where printed, and where the words end.
    """
    term = begin = until = None
    end = at
    for quantity in sentence.quantities:
        start, stop = sentence.local(quantity.span)
        if start < at:
            continue
        between = sentence.plain[at:start]
        if (
            quantity.kind == "duration"
            # 试行一年: the verb that ends at ``at`` opens the term
            and re.search(
                r"有效期|试行期|执行期|[试暂]行|期限", sentence.plain[max(0, at - 2) : start]
            )
            and "。" not in between
        ):
            term, end = quantity.duration, stop
        elif quantity.kind == "date" and (
            _UNTIL.search(between) or _closes(sentence.plain, between, stop)
        ):
            until, end = quantity.to or quantity.date, stop
        elif quantity.kind == "period" and (
            (term and re.fullmatch(r"[（(]?", between[-1:])) or _DURING.search(between)
        ):
            begin, until, end = quantity.from_, quantity.to, stop
            end += sentence.plain[end : end + 1] in (")", "）")
    return term, begin, until, end


def _policy_term(reading: Reading, sentence: Sentence) -> None:
    """A policy's own term: 期限延至2021年12月底, 2019年1月1日至12月31日，对…给予…."""
    for quantity in sentence.quantities:
        start, end = sentence.local(quantity.span)
        core = sentence.local(quantity.core)[0]
        event = _EVENT_UNTIL.search(sentence.plain, 0, core) if quantity.kind == "date" else None
        if event and _opens(sentence.plain[: event.start()]):
            last = quantity.to or quantity.date
            fact = Validity(event=event["event"], delay="P0D", effective_to=last)
            reading.tag(sentence, event.start(), end, fact)
        elif quantity.kind == "date" and _POLICY_TERM.search(
            sentence.plain[max(0, core - 14) : core]
        ):
            left, _ = sentence.chunk(core - 1)
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


def _opens(left: str) -> bool:
    """Whether a term may begin behind ``left``: 合同期限自签发之日至… is a contract's."""
    return not left.strip() or left.rstrip()[-1] in "，,；;：:。" or bool(_SELF.search(left))


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
    if not opens or grant is None or not re.match(r"[，,对将]|期间", following):
        return False
    # 自2023年1月1日至2027年12月31日，脱贫人口…的人员，…依次扣减: 自 opens a term however far
    # off the grant stands
    return grant.end() <= _NEAR or (
        sentence.plain.startswith("自", start) and not _ACT.search(following, 0, grant.end())
    )
