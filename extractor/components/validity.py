"""Reads what a document says of its own force: 自…起施行, 有效期五年, 执行至2023年底, 期限延至….

A term that starts with an event (印发之日) keeps the event and its delay; no date is computed
from it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.components.lone_times import lone_time
from extractor.components.policy_terms import SELF, TERM_NAME, policy_term
from extractor.models import Validity
from extractor.numerals import to_int
from extractor.reading import Reading, Sentence

_IN_FORCE = re.compile(r"起?\s*(?:正式|开始|试)?(?:施行|实施|执行|试行|生效|实行)")
_EVENT = re.compile(
    r"自?(?P<event>(?:公布|发布|印发|下发|颁布|发文|签发|公告|文件印发|政策公布)之日|即日)"
    r"(?:起)?(?P<delay>\s*(?:(?P<n>\d+|[一二三四五六七八九十]+)(?P<u>日|天|个月|个工作日))"
    r"(?:后|起|之后))?"
    r"(?:正式|开始|试)?(?P<verb>施行|实施|执行|试行|生效|实行|起施行|起实施|起执行|有效)"
)
_TERM = re.compile(
    r"(?:试行期|有效期|有效期限|执行期限?|试行|政策(?:执行|实施|有效)(?:时间|期限?))"
    r"(?:限)?(?:暂定|暂)?(?:为|至|到|：|:)?\s*$"
)
#: 现予公布，自2028年1月1日起施行: what is published here, whatever it is called
_PUBLISHED = re.compile(
    r"现(?:予以?|将[^。；]{1,40})?(?:公布|发布|印发|颁布)[^。；]{0,60}?[，,](?:同时|并)?$"
)
_OWN_TERM = re.compile(r"有效期|试行期|执行期")


def validity(reading: Reading) -> None:
    """Tag every statement of force."""
    for sentence in reading.sentences:
        found = (
            _event(reading, sentence)
            or _own_date(reading, sentence)
            or _stretch_alone(reading, sentence)
        )
        if not found:
            policy_term(reading, sentence)


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
            and re.match(r"(?:期间)?(?:内)?有效", sentence.plain[end:])
            and SELF.search(sentence.plain, 0, start)
        ):
            fact = Validity(effective_from=quantity.from_, effective_to=quantity.to)
            reading.tag(sentence, _statement_start(sentence, start), end + 2, fact)
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
    event = None
    if term and begin is None:
        begin, end = _counted_from(sentence, end)
        event = None if begin else _COUNTED_EVENT.match(sentence.plain, end)
    if term or until:
        fact = Validity(begin, term=term, effective_to=until)
        if event:
            fact, end = replace(fact, event=event["event"], delay="P0D"), event.end()
        reading.tag(sentence, _statement_start(sentence, match.start()), end, fact)
        return True
    return False


def _stretch_alone(reading: Reading, sentence: Sentence) -> bool:
    """一、禁火时间 / 2021年9月20日至2021年10月31日。: a stretch that its heading or label names."""
    named = lone_time(reading, sentence)
    if named is None or named[1].kind != "period" or not TERM_NAME.search(named[0]):
        return False
    start, end = sentence.local(named[1].span)
    reading.tag(sentence, start, end, Validity(named[1].from_, effective_to=named[1].to))
    return True


#: 有效期两年，自发布之日起计算
_COUNTED_EVENT = re.compile(
    r"[，,]?(?:自|从)(?P<event>(?:公布|发布|印发|下发|颁布|发文|签发)之日)起(?:计?算|施行|执行|实施|生效)?"
)


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
    return opens or bool(SELF.search(left)) or bool(_PUBLISHED.search(left))


def _governs(sentence: Sentence) -> bool:
    found = SELF.search(sentence.plain)
    # 《…》（泰价费〔2009〕211号）试行期已满，该通知继续执行至…: it is the one that was named
    another = (
        found and found[0].startswith(("该", "此")) and "\x00" in sentence.plain[: found.start()]
    )
    return bool(found) and not another


def _statement_start(sentence: Sentence, at: int) -> int:
    own = list(SELF.finditer(sentence.plain, 0, at))
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
            _UNTIL.search(between)
            or _closes(sentence.plain, between, stop)
            or (not between and sentence.plain[start : start + 1] in ("至", "到"))
        ):
            until, end = quantity.to or quantity.date, stop
        elif quantity.kind == "period" and (
            (term and re.fullmatch(r"[（(]?", between[-1:])) or _DURING.search(between)
        ):
            begin, until, end = quantity.from_, quantity.to, stop
            end += sentence.plain[end : end + 1] in (")", "）")
    return term, begin, until, end
