"""The layer every tagger stands on: money, percent, counts, dates, periods, durations,
recurrences, each with bound.

Every quantity's span covers its bound words; offsets are those of the text given. Digits in
document numbers, titles, phones and addresses are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from corpus.models import TextSpan
from extractor.bounds import Bound, bound
from extractor.dates import Stretch, stretches
from extractor.durations import Length, Recurrence, lengths, recurrences
from extractor.lexicon import alternation
from extractor.masks import blanked
from extractor.models import Quantity
from extractor.neighbours import TO, joined
from extractor.numerals import ARABIC, CHINESE, to_decimal
from extractor.scanning import scanner
from extractor.widths import fold

_SCALE = "(?:万亿|千万|百万|十万|[十百千万亿])"
_NUMBER = rf"(?:(?:{ARABIC})\s*+[余多]?\s*+{_SCALE}?|[{CHINESE}]{{1,12}}(?:点[{CHINESE}]+)?)"
_CURRENCY = r"(?:元(?:人民币)?(?![旦宵素月勋老首始件])|块钱|美元|港元|港币|欧元|日元|英镑)"
_MONEY = scanner(
    rf"人港\d{CHINESE}",
    rf"(?<![\d.])"
    rf"(?:人民币\s*|"
    rf"(?P<hk>港币)\s*)?(?P<a>{_NUMBER})\s*+(?P<ca>{_CURRENCY})?(?:{TO}(?P<b>{_NUMBER}))?\s*+(?P<c>{_CURRENCY})",
)
_PERCENT = scanner(
    rf"\d{CHINESE}减半",
    rf"(?<![\d.])(?P<a>{ARABIC})\s*(?P<pa>[%‰])?(?:{TO}(?P<b>{ARABIC}))?\s*(?P<u>%|‰|"
    rf"个百分点|个百分比|个点(?![位名]))"
    rf"|百分之(?P<c>[{CHINESE}点]+|{ARABIC})(?:{TO}百分之(?P<e>[{CHINESE}点]+))?|"
    rf"千分之(?P<m>[{CHINESE}]+)"
    rf"|(?P<fold>[一二三四五六七八九]{{1,2}}|\d(?:\.\d)?)折(?!叠|算|旧|合|腾|射)|"
    rf"(?<!\d)(?P<times>{ARABIC}|[{CHINESE}]{{1,3}})\s*倍"
    rf"|(?P<half>减半|(?<![一两多过])半数|一半)(?!年|月)|"
    rf"(?P<frac>[{CHINESE}]{{1,3}})分之(?P<num>[{CHINESE}]{{1,3}})",
)
#: a sign of money, a sign of shares: most sentences have neither
_MONEY_SIGN = re.compile("[元块币镑]")
_PERCENT_SIGN = re.compile("[%‰百分折倍半]")
_COUNT = scanner(
    rf"\d{CHINESE}",
    rf"(?<![\d.])(?P<a>{_NUMBER})(?:{TO}(?P<b>{_NUMBER}))?\s*+(?P<more>余|"
    rf"多)?\s*+(?P<u>{alternation('measures')})"
    rf"|(?<![\d.])(?P<bare>(?:{ARABIC})\s*(?:万|千万|百万|亿)|[{CHINESE}]*[万亿])"
    rf"(?=[\u4e00-\u9fff])(?![元以及余多])"
    # 免费健康体检人数达1000万以上: 人数 says of what
    rf"|(?:(?<=人数)|(?<=人数达)|(?<=人数达到)|(?<=人口达)|(?<=人口达到))"
    rf"(?P<heads>(?:{ARABIC})\s*(?:万|千万|百万|亿))(?=以[上下内]|左右|[，。；,;]|$)",
)
_CURRENCIES = {
    "美元": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
}
#: 一线, 统一, 进一步, 一人一档: Chinese digits that count nothing
_NO_COUNT_BEFORE = tuple("统同单唯专第万任每某这那哪其另逐之不")


def quantities(
    text: str, known_year: int | None = None, on: date | None = None
) -> tuple[Quantity, ...]:
    """Every quantity in ``text``, in order, none overlapping.

    ``known_year`` dates what prints no year (the notice's own year); ``on`` is the day of reading
    and allows relative dates.
    """
    return quantities_in(blanked(fold(text)), known_year, on)


def quantities_in(
    clean: str, known_year: int | None = None, on: date | None = None
) -> tuple[Quantity, ...]:
    """Every quantity in ``clean``, a text that is folded and blanked already."""
    found = [*_times(clean, known_year or (on.year if on else None), on)]
    taken = _Taken(q.core for q in found)
    for reader in (_money, _percents, _counts):
        for quantity in reader(clean):
            if taken.free(quantity.core):
                found.append(quantity)
                taken.add(quantity.core)
    ordered = sorted(found, key=lambda q: (q.core.start, q.core.end))
    return tuple(joined(clean, ordered))


class _Taken:
    """Stretches already read, so that 3 in 3月 is no count."""

    def __init__(self, spans: Iterator[TextSpan]) -> None:
        self._offsets: set[int] = set()
        for span in spans:
            self.add(span)

    def free(self, span: TextSpan) -> bool:
        return self._offsets.isdisjoint(range(span.start, span.end))

    def add(self, span: TextSpan) -> None:
        self._offsets.update(range(span.start, span.end))


def _times(text: str, known_year: int | None, on: date | None) -> Iterator[Quantity]:
    repeats = recurrences(text)
    taken = _Taken(TextSpan(r.start, r.end) for r in repeats)
    yield from (_recurrence(r) for r in repeats)
    for stretch in stretches(text, known_year, on):
        span = TextSpan(*stretch.core)
        if taken.free(span):
            taken.add(span)
            yield _date(stretch)
    for length in lengths(text):
        span = TextSpan(length.start, length.end)
        if taken.free(span):
            yield _duration(text, length)


def _recurrence(found: Recurrence) -> Quantity:
    span = TextSpan(found.start, found.end)
    return Quantity(
        "recurrence",
        span,
        span,
        rrule=found.rrule,
        freq=found.freq,
        bound="by" if found.by else "every",
    )


def _date(found: Stretch) -> Quantity:
    whole = found.precision in ("year", "quarter", "month", "ten-days")
    kind = "period" if found.ranged else "date"
    return Quantity(
        kind,
        TextSpan(found.start, found.end),
        TextSpan(*found.core),
        date=None if found.ranged else found.date,
        from_=found.first if found.ranged or whole else None,
        to=found.last if found.ranged or whole else None,
        bound=found.bound,
        precision=found.precision if found.precision != "day" else None,
        inferred_year=found.inferred,
    )


#: 3年内, 3年（36个月，下同）内
_INSIDE = re.compile(r"(?:[（(][^（）()]{1,14}[）)])?(?:之?内|以内)")


def _duration(text: str, found: Length) -> Quantity:
    limits = bound(text, found.start, found.end)
    inside = _INSIDE.match(text, found.end)
    sides = {"upper": "within", "lower": "at_least", "reach": "at_least"}
    says = "within" if inside else sides.get(limits.side, "during")
    end = found.end + len(inside[0]) if inside else limits.end
    return Quantity(
        "duration",
        TextSpan(limits.start, end),
        TextSpan(found.start, found.end),
        duration=found.least,
        duration_max=found.most,
        workdays=found.workdays,
        bound=says,
        exclusive=limits.exclusive,
        approximate=limits.side == "about",
    )


def _money(text: str) -> Iterator[Quantity]:
    for match in _MONEY.finditer(text) if _MONEY_SIGN.search(text) else ():
        low, high = _range(match["a"], match["b"])
        if low is not None:
            unit = next(
                (code for word, code in _CURRENCIES.items() if match["c"].startswith(word)), "CNY"
            )
            unit = "HKD" if match["hk"] else unit
            yield _bounded("money", text, match.span(), low, high, unit)


def _percents(text: str) -> Iterator[Quantity]:
    for match in _PERCENT.finditer(text) if _PERCENT_SIGN.search(text) else ():
        read = _percent(match)
        if read:
            low, high, unit = read
            yield _bounded("percent", text, match.span(), low, high, unit)


def _percent(match: re.Match[str]) -> tuple[Decimal, Decimal, str] | None:
    if match["u"]:
        unit = "pp" if match["u"].startswith("个") else "%"
        low, high = _range(match["a"], match["b"])
        scale = Decimal("0.1") if match["u"] == "‰" else Decimal(1)
        return (low * scale, high * scale, unit) if low is not None and high is not None else None
    for name, factor in (("c", Decimal(1)), ("m", Decimal("0.1"))):
        if match[name]:
            low, high = _range(match[name], match["e"])
            return (
                (low * factor, high * factor, "%") if low is not None and high is not None else None
            )
    value = _share(match)
    return (value, value, "%") if value is not None else None


def _share(match: re.Match[str]) -> Decimal | None:
    """八五折 is 85, 减半 50, 1.5倍 150, 三分之一 33.33…"""
    if match["fold"]:
        digits = "".join(
            str(to_decimal(c)) if c in CHINESE else c for c in match["fold"].replace(".", "")
        )
        return Decimal(digits) * (10 if len(digits) == 1 else 1)
    if match["half"]:
        return Decimal(50)
    if match["times"]:
        number = to_decimal(match["times"])
        return number * 100 if number is not None else None
    below, above = to_decimal(match["frac"] or ""), to_decimal(match["num"] or "")
    return round(above * 100 / below, 4) if below and above is not None else None


def _counts(text: str) -> Iterator[Quantity]:
    for match in _COUNT.finditer(text):
        if _counts_nothing(text, match):
            continue
        low, high = _range(match["a"] or match["bare"] or match["heads"], match["b"])
        if low is not None:
            quantity = _bounded("count", text, match.span(), low, high, match["u"])
            yield quantity


def _counts_nothing(text: str, match: re.Match[str]) -> bool:
    number = match["a"] or match["bare"] or match["heads"] or ""
    if number[:1].isascii():
        return False
    if match["u"] == "分":
        return True  # 一分部署，九分落实: a share of one's effort, no score
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 2]
    if before in _NO_COUNT_BEFORE and before:
        return True
    # 一人一档, 一户一策
    return number == "一" and ("一" in after or text[match.start() - 2 : match.start() - 1] == "一")


def _range(low: str, high: str | None) -> tuple[Decimal | None, Decimal | None]:
    """Both ends of 15-20万: the scale printed once serves both."""
    first, second = to_decimal(low), to_decimal(high) if high else None
    if first is None or second is None:
        return first, first
    scale = re.search(rf"{_SCALE}$", high or "")
    if scale and not re.search(rf"{_SCALE}$", low) and low[:1].isascii():
        scaled = to_decimal(low + scale[0])
        first = scaled if scaled is not None and scaled <= second else first
    return (first, second) if first <= second else (first, first)


def _bounded(
    kind: str,
    text: str,
    core: tuple[int, int],
    low: Decimal,
    high: Decimal | None,
    unit: str | None,
) -> Quantity:
    limits: Bound = bound(text, *core)
    top = high if high is not None else low
    least: Decimal | None = low
    most: Decimal | None = top
    if limits.side == "upper":
        least = None if low == top else low
    elif limits.side in ("lower", "reach"):
        most = None if low == top else top
    return Quantity(
        kind,
        TextSpan(limits.start, limits.end),
        TextSpan(*core),
        min=least,
        max=most,
        unit=unit,
        exclusive=limits.exclusive,
        approximate=limits.side == "about" or bool(re.search(r"[余多]", text[core[0] : core[1]])),
        bound=limits.side,
    )
