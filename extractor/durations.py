"""Reads durations and recurrences: 2个月内, 5个工作日, 3-6个月, 一年半, 每月12日、26日, 每季度,
月报.

Durations are ISO 8601, recurrences RFC 5545; 每人每天 is the basis of an amount and no
recurrence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractor.numerals import ARABIC, to_decimal, to_int
from extractor.scanning import scanner

_CN = "零一二三四五六七八九十百两"
_N = rf"(?:{ARABIC}|[{_CN}]{{1,4}})"
_UNITS = (
    (r"个?工作日", "P{}D"),
    (r"个?(?:自然日|日历日)", "P{}D"),
    (r"个?半月", "P{}D"),
    (r"个月", "P{}M"),
    (r"个?(?:星期|周)(?!岁|年)", "P{}W"),
    (r"周年", "P{}Y"),
    (r"个?(?:学|纳税|会计|自然|公历|日历)?年(?!度?(?:级|龄|报|鉴|轻))", "P{}Y"),
    (r"天", "P{}D"),
    (r"日(?!报|常|前(?!完))", "P{}D"),
    (r"个?(?:小时|钟头)", "PT{}H"),
    (r"分钟", "PT{}M"),
)
_UNIT = "|".join(words for words, _ in _UNITS)
_ISO = tuple((re.compile(words), iso) for words, iso in _UNITS)
_TO = r"\s*(?:至|到|-|—|–|－|~|～)+\s*"
_DURATION = scanner(
    rf"\d{_CN}",
    rf"(?<![\d.月第年季〇○零一二三四五六七八九])"
    # 压缩至90个工作日, where 2019年至2021年 are years
    rf"(?<!(?<!压缩|缩短|延长|减少|压减|精简|缩减|放宽|控制|提高)[至到])"
    rf"(?P<a>{_N})\s*(?P<ua>{_UNIT})?(?:{_TO}(?P<b>{_N}))?\s*(?P<u>{_UNIT})"
    rf"(?P<half>半(?!年|数|价))?",
)
#: the last character of a unit
_UNIT_SIGN = re.compile("[日月期周年天时头钟]")
_HALF = re.compile(
    r"(?<![一两上下每后前多各近])(?P<n>半)个?(?P<u>年|月)(?!报)|(?P<n2>[一两二三四五六]|\d+)"
    r"(?P<u2>年|个月)半"
)
_YEARLIKE = re.compile(r"(?:19|20)\d{2}$|[一二][〇○零九][〇○零一二三四五六七八九]{2}$")
#: 近三年, 三年行动, 一年级: length of something's name or age, not a limit on an act
_NAMED = re.compile(r"(?:年|月|日)?(?:行动|计划|滚动|规划|制(?!定)|级|期国债|龄)")

_EVERY = re.compile(
    rf"每\s*(?P<n>{_N})?\s*个?(?P<u>季度|季|年度?|半个?月|月|周|星期|天|日|半年|学期|学年|旬|"
    rf"工作日|批次)(?P<first>首月|末月|第[一二三1-3]个?月|最后一个?月|初|末|底)?(?P<due>之?前|以前)?"
)
_DAYS = re.compile(
    r"\s*(?:的)?(?P<days>\d{1,2}\s*日?(?:\s*[、和及,，]\s*\d{1,2}\s*日)*\s*日?)(?P<by>之?前|"
    r"以前)?(?=[^\d年月])"
)
_MONTH = re.compile(
    rf"\s*(?:的)?(?P<m>\d{{1,2}}|[{_CN}]{{1,2}})\s*月(?:份)?(?:\s*(?P<d>\d{{1,2}})\s*日|"
    rf"(?P<edge>底|末|初))?(?P<by>之?前|以前)?"
)
_LAST_DAY = re.compile(rf"{_TO}(?:(?P<m>\d{{1,2}})\s*月\s*)?(?P<d>\d{{1,2}})\s*日")
_MORE_MONTHS = re.compile(r"(?:[、和及]\d{1,2}月(?:份)?)+")
_WEEKDAY = re.compile(r"\s*(?P<w>[一二三四五六日天])(?=[前向报召组之、，上下])")
_BY_PERIOD = re.compile(
    r"[按逐](?P<u>季度?|半年|月|年度?|周|旬|日)(?!度?研发)(?=(?:[^，。；]{0,2})(?:报|考|调|"
    r"发|通|汇|结|拨|"
    r"缴|支|公|上|更|统|统计|进行|开展|享受|申|清|兑))"
)
#: 月报 and 季报 are reports; in 6月报送 and 30日报送 a date meets a verb
_REPORTS = re.compile(
    r"(?<![\d一二三四五六七八九十每按逐])(?P<u>半年|季|月|年|周|旬|日)报(?=制度?|表|、|，|"
    r"。|,|和|及|$)"
)
_REPORT_SIGN = re.compile("[按逐报]")
_CYCLE = re.compile(rf"(?<!\d)(?P<n>{_N})年(?:为)?一(?:个)?(?:周期|轮)")
_CYCLE_SIGN = re.compile("年为?一")
_FREQ = {
    "年": "FREQ=YEARLY",
    "年度": "FREQ=YEARLY",
    "学年": "FREQ=YEARLY",
    "半年": "FREQ=MONTHLY;INTERVAL=6",
    "学期": "FREQ=MONTHLY;INTERVAL=6",
    "季度": "FREQ=MONTHLY;INTERVAL=3",
    "季": "FREQ=MONTHLY;INTERVAL=3",
    "月": "FREQ=MONTHLY",
    "半月": "FREQ=DAILY;INTERVAL=15",
    "半个月": "FREQ=DAILY;INTERVAL=15",
    "旬": "FREQ=DAILY;INTERVAL=10",
    "周": "FREQ=WEEKLY",
    "星期": "FREQ=WEEKLY",
    "天": "FREQ=DAILY",
    "日": "FREQ=DAILY",
    "工作日": "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
}
_WEEK = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))


_NEXT = re.compile(r"(?<!以)[上下]$")


@dataclass(frozen=True, slots=True)
class Length:
    """A duration; ``most`` is the upper end of a range, ``workdays`` counts working days."""

    start: int
    end: int
    least: str
    most: str | None = None
    workdays: bool = False


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule that repeats; ``by`` says that it is due before the day named."""

    start: int
    end: int
    rrule: str
    freq: str
    by: bool = False


def lengths(text: str) -> list[Length]:
    """Every duration in ``text`` (masked), in order."""
    if not _UNIT_SIGN.search(text):
        return []
    found = [length for m in _DURATION.finditer(text) if (length := _length(text, m))]
    if "半" in text:
        found += [_half(m) for m in _HALF.finditer(text)]
    result: list[Length] = []
    for length in sorted(found, key=lambda x: (x.start, -x.end)):
        if not result or length.start >= result[-1].end:
            result.append(length)
    return result


def _length(text: str, match: re.Match[str]) -> Length | None:
    unit, low, high = match["u"], match["a"], match["b"]
    if (_YEARLIKE.match(low) and unit.endswith("年")) or (high and _YEARLIKE.match(high)):
        return None
    if match["ua"] and not high:
        return None
    if (
        low in ("一", "十") and text[match.start() - 1 : match.start()] in tuple("唯统第其专")
    ) or text[match.end() : match.end() + 1] in tuple("份"):
        return None
    # 编制下一年度计划 names a year, 六个月以上一年以下 two lengths
    if low == "一" and _NEXT.search(text[max(0, match.start() - 2) : match.start()]):
        return None
    least, most = to_decimal(low), to_decimal(high) if high else None
    if least is None:
        return None
    pattern = next(iso for words, iso in _ISO if words.fullmatch(unit))
    if unit.endswith("半月"):
        least = least * 15
    if match["half"]:
        least, pattern = least * 12 + 6, "P{}M"
    length = Length(
        match.start(),
        match.end(),
        _iso(pattern, least),
        _iso(pattern, most) if most else None,
        "工作日" in unit,
    )
    # 三年行动计划 is a name
    return (
        None if re.match(r"(?:滚动)?(?:行动|计划)", text[match.end() : match.end() + 6]) else length
    )


def _half(match: re.Match[str]) -> Length:
    if match["n"]:
        iso = "P6M" if match["u"] == "年" else "P15D"
    else:
        n = to_int(match["n2"]) or 0
        iso = f"P{n * 12 + 6}M" if match["u2"] == "年" else f"P{n}M15D"
    return Length(match.start(), match.end(), iso)


def _iso(pattern: str, number: Decimal) -> str:
    plain = int(number) if number == number.to_integral_value() else number
    return pattern.format(plain)


def is_name(text: str, length: Length) -> bool:
    """Whether the duration is part of a name: 三年行动计划, 二年级."""
    return bool(_NAMED.match(text, length.end - 1)) or bool(_NAMED.match(text, length.end))


def recurrences(text: str) -> list[Recurrence]:
    """Every recurrence in ``text`` (masked), in order."""
    found = [r for m in _EVERY.finditer(text) if (r := _every(text, m))]
    for pattern in (_BY_PERIOD, _REPORTS) if _REPORT_SIGN.search(text) else ():
        found += [
            Recurrence(m.start(), m.end(), _FREQ[m["u"]], m[0]) for m in pattern.finditer(text)
        ]
    for m in _CYCLE.finditer(text) if _CYCLE_SIGN.search(text) else ():
        if count := to_int(m["n"]):
            found.append(Recurrence(m.start(), m.end(), f"FREQ=YEARLY;INTERVAL={count}", m[0]))
    return sorted(found, key=lambda r: r.start)


def _every(text: str, match: re.Match[str]) -> Recurrence | None:
    if (
        text[max(0, match.start() - 3) : match.start()]
        .rstrip("，、 ")
        .endswith(("每人", "每户", "每亩", "每生"))
    ):
        return None
    unit = match["u"]
    if unit == "批次":
        return None
    rule = _FREQ[unit]
    count = to_int(match["n"]) if match["n"] else 1
    if count and count > 1:
        rule = re.sub(
            r"(FREQ=\w+)(?:;INTERVAL=(\d+))?",
            lambda m: f"{m[1]};INTERVAL={count * int(m[2] or 1)}",
            rule,
        )
    end, days, by = _detail(text, match, unit)
    freq = text[match.start() : end]
    return Recurrence(match.start(), end, rule + days, freq, by)


def _detail(text: str, match: re.Match[str], unit: str) -> tuple[int, str, bool]:
    """Which day of the period: 12日、26日, 3月底前, 末."""
    end = match.end()
    if unit in ("年", "年度"):
        month = _MONTH.match(text, end)
        if month and month["d"] and (last := _LAST_DAY.match(text, month.end())):
            # 每年3月1日至4月30日: what may be done then is due by the last day
            until = f";BYMONTH={last['m'] or to_int(month['m'])};BYMONTHDAY={last['d']}"
            return last.end(), until, True
        if month and (number := to_int(month["m"])):
            more = _MORE_MONTHS.match(text, month.end()) if not month["d"] else None
            if more:
                months = [number, *map(int, re.findall(r"\d+", more[0]))]
                return more.end(), f";BYMONTH={','.join(map(str, months))}", False
            day = month["d"] or ("-1" if month["edge"] in ("底", "末") else None)
            return (
                month.end(),
                f";BYMONTH={number}" + (f";BYMONTHDAY={day}" if day else ""),
                bool(month["by"]),
            )
    if unit in ("月", "季度", "季"):
        days = _DAYS.match(text, end)
        if days and "日" in days["days"]:
            numbers = sorted({int(n) for n in re.findall(r"\d+", days["days"])})
            if all(1 <= n <= 31 for n in numbers):
                return days.end(), f";BYMONTHDAY={','.join(map(str, numbers))}", bool(days["by"])
        if match["first"] in ("末", "底"):
            return end, ";BYMONTHDAY=-1", bool(match["due"])
    if unit in ("周", "星期") and (weekday := _WEEKDAY.match(text, end)):
        return weekday.end(), f";BYDAY={_WEEK[weekday['w']]}", False
    return end, "", False
