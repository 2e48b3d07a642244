"""Reads dates and periods: 2019年8月22日, 11月底前, 2019年至2021年, 3月上旬, 第四季度,
“十四五”期间.

A day that the text does not print is the last of its stretch (11月底 is the 30th); a missing year
comes from the context and is marked, without context it stays open (XXXX-11-30, ISO 8601-2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from extractor.day_words import HOUR, WEEKDAY, before, behind
from extractor.numerals import to_int, year
from extractor.scanning import scanner

_CN = "一二三四五六七八九十"
_D = rf"(?:\d{{1,2}}|[{_CN}]{{1,3}})"
_Y = r"(?:(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_EDGE = (
    r"(?P<edge>底|末|初(?!步|始|期|中|高|级|次|选|审|试)|上旬|中旬|下旬|中(?!国|央|小|等|"
    r"型|心|高|专|职|级|标|部|间|期|长|药|医))"
)
_QUARTER = rf"(?P<quarter>(?<![{_CN}])第?[一二三四1-4]季度|[上下]半年)"
_ATOM = re.compile(
    rf"(?:(?P<y>{_Y})\s*年(?:度)?|(?P<rel>今年|本年度?|当年|明年|去年|次年))?\s*"
    rf"(?:(?P<m>{_D})\s*月(?!度)(?:份)?(?:\s*(?P<d>{_D})\s*日)?|{_QUARTER})?\s*(?:{_EDGE})?"
)
_FIND = (
    rf"(?<![\d.]){_Y}\s*年|(?<![\d.第每个]){_D}\s*月(?!度)(?!报(?![送名到告备请批])|薪|租|"
    rf"均)|今年|本年度?|"
    rf"当年|明年|(?<![\d两半一二三四五六七八九十几多整])年底|年末"
    rf"|(?<![每\d]){_QUARTER.replace('?P<quarter>', '?:')}(?!报)|(?<!\d)(?:19|"
    rf"20)\d{{2}}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)"
)
_NUMERIC = re.compile(r"((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_YEARS = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})\s*(?:年)?\s*(?:至|到|-|—|–|－|~|～)+\s*((?:19|"
    r"20)\d{2})\s*年(?!\s*\d)(?P<edge>底|末)?"
)
_MONTHS = re.compile(
    rf"(?:(?P<y>{_Y})年)?(?<![\d.])(?P<a>\d{{1,2}})\s*(?:-|—|–|－|~|～|至|"
    rf"到)+\s*(?P<b>\d{{1,2}})\s*月(?!\d)(?:份)?(?P<edge>底|末)?"
)
_PLAN = re.compile(rf"[“\"]?([{_CN}]{{1,3}})五[”\"]?\s*(?:期间|时期|末|规划期)")
#: where any of them may begin
_OPENS = scanner(
    rf"\d{_CN}今本当明年上下第“\"",
    "|".join(
        re.sub(r"\?P<\w+>", "?:", pattern)
        for pattern in (_FIND, _YEARS.pattern, _MONTHS.pattern, _PLAN.pattern)
    ),
)
#: what each of them holds
_SIGN = re.compile(r"[年月季五]|\d[-./]\d")
_JOIN = re.compile(
    rf"\s*+(?:[（(]含[）)])?{WEEKDAY}[）)]?\s*+{HOUR}\s*+起?\s*+(?:至|到|-|—|–|－|~|～)+\s*"
)
_DAY_ONLY = re.compile(r"(?P<d>\d{1,2})\s*日")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first to the last day of what was printed; ``date`` is how one would cite it."""

    start: int
    end: int
    first: str
    last: str
    date: str
    precision: str
    bound: str | None = None
    inferred: bool = False
    ranged: bool = False
    core: tuple[int, int] = (0, 0)


def stretches(text: str, known_year: int | None, on: date | None = None) -> list[Stretch]:
    """Every date and period in ``text`` (masked), in order; a year that is not printed is carried
    on or ``known_year``.
    """
    if not _SIGN.search(text):
        return []
    found: list[Stretch] = []
    at, context = 0, known_year
    while at < len(text):
        read = _next(text, at, context, on)
        if read is None:
            break
        found.append(read)
        at = read.core[1]
        # 2024年1月底前启动，3月底前完成: what is printed ahead of the notice's year dates the rest
        if context and "月" in text[slice(*read.core)] and not (read.inferred or read.ranged):
            context = max(context, int(read.first[:4]))
        context = (
            context if context is not None or read.first.startswith("X") else int(read.first[:4])
        )
    return [_bounded(text, stretch) for stretch in found]


def _next(text: str, at: int, context: int | None, on: date | None) -> Stretch | None:
    while match := _OPENS.search(text, at):
        for reader in (_plan, _years, _months, _range):
            stretch = reader(text, match.start(), context, on)
            if stretch:
                return stretch
        # 2023年2月29日 is no day, and neither is its 2月29日
        no_day = _ATOM.match(text, match.start())
        at = no_day.end() if no_day and no_day["y"] and no_day["d"] else match.start() + 1
    return None


def _plan(text: str, at: int, context: int | None, on: date | None) -> Stretch | None:
    match = _PLAN.match(text, at)
    number = to_int(match[1]) if match else None
    if not match or not number:
        return None
    # the first five-year plan began in 1953, from the sixth (1981) they follow each other without
    # a gap
    first = 1981 + (number - 6) * 5 if number >= 6 else 1953 + (number - 1) * 5
    last = f"{first + 4}-12-31"
    if match[0].endswith("末"):
        return Stretch(at, match.end(), last, last, last, "day", core=match.span())
    return Stretch(
        at, match.end(), f"{first}-01-01", last, last, "year", ranged=True, core=match.span()
    )


def _years(text: str, at: int, context: int | None, on: date | None) -> Stretch | None:
    match = _YEARS.match(text, at)
    if not match or int(match[1]) >= int(match[2]):
        return None
    return Stretch(
        at,
        match.end(),
        f"{match[1]}-01-01",
        f"{match[2]}-12-31",
        f"{match[2]}-12-31",
        "year",
        ranged=True,
        core=match.span(),
    )


def _months(text: str, at: int, context: int | None, on: date | None) -> Stretch | None:
    match = _MONTHS.match(text, at)
    if not match or not 1 <= int(match["a"]) < int(match["b"]) <= 12:
        return None
    own = year(match["y"]) if match["y"] else context
    first, last = _days(own, int(match["a"]), None)[0], _days(own, int(match["b"]), None)[1]
    return Stretch(
        at,
        match.end(),
        first,
        last,
        last,
        "month",
        inferred=match["y"] is None,
        ranged=True,
        core=match.span(),
    )


def _range(text: str, at: int, context: int | None, on: date | None) -> Stretch | None:
    first = _atom(text, at, context, None, on)
    if first is None:
        return None
    join = _JOIN.match(text, first.core[1])
    if join:
        own = int(first.first[:4]) if not first.first.startswith("X") else context
        last = _atom(text, join.end(), own, None, on) or _day_only(text, join.end(), first)
        if last and last.last >= first.first:
            # a range with one printed year is dated by it
            return Stretch(
                at,
                last.core[1],
                first.first,
                last.last,
                last.last,
                last.precision,
                inferred=first.inferred,
                ranged=True,
                core=(at, last.core[1]),
            )
    return first


def _day_only(text: str, at: int, before: Stretch) -> Stretch | None:
    match = _DAY_ONLY.match(text, at)
    if not match or before.precision != "day":
        return None
    day = f"{before.first[:8]}{int(match['d']):02}"
    return Stretch(at, match.end(), day, day, day, "day", core=match.span())


def _atom(
    text: str, at: int, context: int | None, month: int | None, on: date | None
) -> Stretch | None:
    numeric = _NUMERIC.match(text, at)
    if numeric:
        return _numeric(numeric)
    match = _ATOM.match(text, at)
    if text.startswith(("年底", "年末"), at) and context:
        day = f"{context}-12-31"
        return Stretch(at, at + 2, day, day, day, "day", inferred=True, core=(at, at + 2))
    if (
        not match
        or not match[0].strip()
        or not (match["y"] or match["m"] or match["quarter"] or match["rel"])
    ):
        return None
    own = _year_of(match, context, on)
    if match["rel"] and (own is None or not (match["m"] or match["edge"] or match["quarter"])):
        return None
    inferred = match["y"] is None
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    parts = _parts(match, own)
    if parts is None:
        return None
    first, last, day, precision = parts
    return Stretch(at, end, first, last, day, precision, inferred=inferred, core=(at, end))


def _numeric(match: re.Match[str]) -> Stretch | None:
    y, m, d = (int(part) for part in match.groups())
    if not 1 <= m <= 12 or not 1 <= d <= monthrange(y, m)[1]:
        return None
    day = f"{y:04}-{m:02}-{d:02}"
    return Stretch(match.start(), match.end(), day, day, day, "day", core=match.span())


def _year_of(match: re.Match[str], context: int | None, on: date | None) -> int | None:
    if match["y"]:
        return year(match["y"].replace("○", "〇"))
    base = context or (on.year if on else None)
    if base is None:
        return None
    return base + {"明年": 1, "次年": 1, "去年": -1}.get(match["rel"] or "", 0)


def _parts(match: re.Match[str], own: int | None) -> tuple[str, str, str, str] | None:
    """First day, last day, the day it is cited by, precision."""
    edge, quarter = match["edge"], match["quarter"]
    if match["m"]:
        month, day = to_int(match["m"]), to_int(match["d"]) if match["d"] else None
        if not month or not 1 <= month <= 12:
            return None
        if day is not None and not 1 <= day <= monthrange(own or 2000, month)[1]:
            return None
        return _month_parts(own, month, day, edge)
    if quarter:
        first, last = _quarter(quarter)
        begin, end = _days(own, first, None)[0], _days(own, last, None)[1]
        return begin, end, end, "day" if edge else "quarter"
    return _year_parts(own, edge)


def _month_parts(
    own: int | None, month: int, day: int | None, edge: str | None
) -> tuple[str, str, str, str]:
    first, last = _days(own, month, day)
    if day is not None:
        return first, last, first, "day"
    if edge in ("底", "末"):
        return last, last, last, "day"
    tens = {"上旬": ("01", "10"), "中旬": ("11", "20"), "下旬": ("21", last[-2:])}
    if edge in tens:
        begin, end = (f"{first[:8]}{d}" for d in tens[edge])
        return begin, end, end, "ten-days"
    return first, last, first[:7], "month"


def _year_parts(own: int | None, edge: str | None) -> tuple[str, str, str, str]:
    y = f"{own:04}" if own is not None else "XXXX"
    if edge in ("底", "末", "下旬"):
        return f"{y}-12-31", f"{y}-12-31", f"{y}-12-31", "day"
    if edge == "初":
        return f"{y}-01-01", f"{y}-03-31", f"{y}-01", "year"
    if edge == "中":
        return f"{y}-06-01", f"{y}-06-30", f"{y}-06-30", "month"
    return f"{y}-01-01", f"{y}-12-31", y, "year"


def _days(own: int | None, month: int, day: int | None) -> tuple[str, str]:
    y = f"{own:04}" if own is not None else "XXXX"
    if day is not None:
        return (f"{y}-{month:02}-{day:02}",) * 2
    return f"{y}-{month:02}-01", f"{y}-{month:02}-{monthrange(own or 2001, month)[1]:02}"


def _quarter(words: str) -> tuple[int, int]:
    if words.endswith("半年"):
        return (1, 6) if words.startswith("上") else (7, 12)
    number = to_int(words.removeprefix("第")[0]) or 1
    return 3 * number - 2, 3 * number


def _bounded(text: str, stretch: Stretch) -> Stretch:
    """The stretch with the words that say by, from or during it."""
    begin, end = stretch.core
    (start, leading), (until, trailing) = before(text, begin), behind(text, end)
    bound = trailing or leading
    if stretch.ranged or (
        stretch.precision in ("year", "quarter")
        and bound in (None, "on")
        and stretch.date == stretch.first[:4]
    ):
        bound = "during" if bound in (None, "on", "during") or stretch.ranged else bound
    edge_of_stretch = text[end - 1] in "底末" if end else False
    if bound in (None, "on") and edge_of_stretch:
        bound = "by"
    cited = stretch.last if bound == "by" and stretch.precision != "day" else stretch.date
    cited = stretch.first if bound == "from" and stretch.precision == "day" else cited
    return Stretch(
        start,
        until,
        stretch.first,
        stretch.last,
        cited,
        stretch.precision,
        bound or "on",
        stretch.inferred,
        stretch.ranged,
        stretch.core,
    )
