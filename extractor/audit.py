"""Checks a notice's arithmetic: tables against 合计, people × rate against budgets, parts against
totals.

What comes out is a finding that says proven, what does not a warning with both quotes; what
cannot be told from the text is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby, pairwise

from corpus.models import Finding, TextSpan
from extractor.models import Amount, Notice, Table, Tag, Target
from extractor.numerals import to_decimal

_TOTAL_ROW = re.compile(r"^(?:[合总共小]\s*计|总数|全\s*[国省市县区州旗盟](?:合计|总计)?)$")
_SUBTOTAL = re.compile(r"^小\s*计$")
_TOTAL_ITEM = re.compile(r"合计|总计|共计|总预算")
_PEOPLE = ("人", "名", "人次")


def audit(notice: Notice, tags: Iterable[Tag]) -> tuple[Finding, ...]:
    """The findings on all sums that ``notice`` prints."""
    facts = sorted(tags, key=lambda tag: tag.span)
    found = [*_tables(notice)]
    for _, group in groupby(facts, key=lambda tag: tag.clause):
        of_clause = list(group)
        found += [*_budgets(notice, of_clause), *_totals(notice, of_clause)]
        found += [*_parts(notice, of_clause), *_milestones(notice, of_clause)]
        found += _shares(notice, of_clause)
    return tuple(found)


def _tables(notice: Notice) -> Iterator[Finding]:
    """Every numeric column of a table that prints 合计, below its parts or above them."""
    for table in notice.tables:
        for index, row in enumerate(table.rows):
            if _is_total(row):
                yield from _columns(notice, table, index, _summed(table, index))


def _is_total(row: tuple[str, ...]) -> bool:
    return any(_TOTAL_ROW.match(cell) for cell in row[:3])


def _summed(table: Table, total: int) -> list[tuple[str, ...]]:
    """The rows that a total sums: those since the last one for 小计, all above for 合计, and all
    below where it stands first (全国 15187, then the provinces).
    """
    parts = [i for i, row in enumerate(table.rows) if not _is_total(row)]
    above = [i for i in parts if i < total]
    if not above:
        return [table.rows[i] for i in parts]
    if any(_SUBTOTAL.match(cell) for cell in table.rows[total][:3]):
        last = max((i for i in range(total) if _is_total(table.rows[i])), default=-1)
        above = [i for i in above if i > last]
    return [table.rows[i] for i in above]


def _columns(
    notice: Notice, table: Table, total: int, parts: list[tuple[str, ...]]
) -> Iterator[Finding]:
    for column in range(1, len(table.rows[total])):
        printed = _cell(table.rows[total], column)
        values = [v for row in parts if (v := _cell(row, column)) is not None]
        heading = table.header[column] if column < len(table.header) else ""
        if printed is None or (len(values) < 2 and values != [printed]):
            continue
        if re.search(r"序号|比例|率|标准|单价", heading):
            continue
        span = table.row_spans[total]
        sums = (
            f"{heading}: {' + '.join(map(_plain, values[:12]))}{' …' if len(values) > 12 else ''}"
        )
        yield _finding(notice, sum(values, Decimal(0)) == printed, sums, printed, span, None)


def _cell(row: tuple[str, ...], column: int) -> Decimal | None:
    cell = row[column] if column < len(row) else ""
    return to_decimal(cell) if re.fullmatch(r"[\d,.]+", cell) else None


def _budgets(notice: Notice, tags: list[Tag]) -> Iterator[Finding]:
    """5000人 × 每人最高1000元 = 500万元, within one sentence."""
    for budget in tags:
        fact = budget.fact
        if not isinstance(fact, Amount) or fact.role != "budget" or fact.min is None:
            continue
        if _TOTAL_ITEM.search(fact.item or "") or fact.min != fact.max:
            continue
        sentence = _sentence(notice.text, budget.span)
        people = [t for t in tags if _counts_people(t) and sentence.holds(t.span)]
        rates = [t for t in tags if _per_person(t) and sentence.holds(t.span)]
        if people and rates:
            yield from _product(notice, budget, fact.min, people, rates)


def _product(
    notice: Notice, budget: Tag, printed: Decimal, people: list[Tag], rates: list[Tag]
) -> Iterator[Finding]:
    options = [
        (number, rate, tag)
        for one in people
        for tag in rates
        for number in [_number(one)]
        for rate in _rates(tag)
        if number is not None
    ]
    proof = next((o for o in options if o[0] * o[1] == printed), None)
    if proof or (len(people) == len(rates) == 1 and options):
        number, rate, tag = proof or options[-1]
        words = f"{_plain(number)} × {_plain(rate)}"
        yield _finding(notice, proof is not None, words, printed, budget.span, tag.span)


def _totals(notice: Notice, tags: list[Tag]) -> Iterator[Finding]:
    """预算合计 against the budgets before it in the clause."""
    parts: list[Decimal] = []
    for tag in tags:
        fact = tag.fact
        if not isinstance(fact, Amount) or fact.role != "budget" or fact.min is None:
            continue
        if "\t" in tag.span.of(notice.text):
            continue  # a table has its own 合计
        if _TOTAL_ITEM.search((fact.item or "") + tag.span.of(notice.text)) and len(parts) >= 2:
            words = " + ".join(map(_plain, parts))
            yield _finding(notice, sum(parts) == fact.min, words, fact.min, tag.span, None)
            parts = []
        else:
            parts.append(fact.min)


def _parts(notice: Notice, tags: list[Tag]) -> Iterator[Finding]:
    """开展培训2520人，包括：…1300人；…160人: the parts of a total make it up; 其中 only stays
    below it.
    """
    goals = [t for t in tags if isinstance(t.fact, Target) and "\t" not in t.span.of(notice.text)]
    for index, whole in enumerate(goals):
        total = _number(whole)
        said = re.match(
            r"[^。]{0,4}?(?P<all>包括|分别是|具体是)[：:]?", notice.text[whole.span.end :]
        )
        if total is None or said is None:
            continue
        stop = notice.text.find("。", whole.span.end)
        inside = [t for t in goals[index + 1 :] if t.span.start < stop and _unit(t) == _unit(whole)]
        values = [v for t in inside if (v := _number(t)) is not None]
        if len(values) >= 2:
            words = " + ".join(map(_plain, values))
            yield _finding(notice, sum(values) == total, words, total, whole.span, inside[0].span)


def _milestones(notice: Notice, tags: list[Tag]) -> Iterator[Finding]:
    """完成培训任务40%（1.2万人） against the total of the clause."""
    goals = [t for t in tags if isinstance(t.fact, Target)]
    for share, count in pairwise(goals):
        gap = notice.text[share.span.end : count.span.start + 1]
        if _unit(share) != "%" or _unit(count) == "%" or not re.match(r"[（(]?$|[（(]", gap[:1]):
            continue
        percent, number = _number(share), _number(count)
        totals = [t for t in goals if _unit(t) == _unit(count) and t.span.end <= share.span.start]
        total = _number(totals[0]) if totals else None
        if percent and number and total:
            words = f"{_plain(total)} × {_plain(percent)}%"
            yield _finding(notice, total * percent / 100 == number, words, number, count.span, None)


def _shares(notice: Notice, tags: list[Tag]) -> Iterator[Finding]:
    """市级财政负担60%，区财政负担40%: who bears a cost bears all of it."""
    borne = [t for t in tags if isinstance(t.fact, Amount) and _bears(t, notice.text)]
    by_sentence = groupby(borne, key=lambda tag: _sentence(notice.text, tag.span, "；;。\n"))
    for _, group in by_sentence:
        shares = list(group)
        values = [t.fact.percent_min for t in shares if isinstance(t.fact, Amount)]
        if len(shares) >= 2 and None not in values:
            numbers = [v for v in values if v is not None]
            words = "% + ".join(map(_plain, numbers)) + "%"
            proven = sum(numbers) == 100
            yield _finding(notice, proven, words, Decimal(100), shares[0].span, shares[-1].span)


def _bears(tag: Tag, text: str) -> bool:
    fact = tag.fact
    if not isinstance(fact, Amount) or fact.role != "share" or fact.percent_min != fact.percent_max:
        return False
    return bool(re.search(r"负担|承担|分担|出资", text[tag.span.start : tag.span.end + 4]))


def _sentence(text: str, span: TextSpan, stops: str = "。\n") -> TextSpan:
    start = max(text.rfind(stop, 0, span.start) for stop in stops) + 1
    ends = [end for stop in stops if (end := text.find(stop, span.end)) >= 0]
    return TextSpan(start, min([*ends, len(text)]))


def _counts_people(tag: Tag) -> bool:
    return isinstance(tag.fact, Target) and tag.fact.unit in _PEOPLE


def _per_person(tag: Tag) -> bool:
    fact = tag.fact
    return isinstance(fact, Amount) and fact.role in ("standard", "cap") and "person" in fact.per


def _rates(tag: Tag) -> list[Decimal]:
    """What one person can come to: the ceiling, else the rate."""
    fact = tag.fact
    if not isinstance(fact, Amount):
        return []
    if fact.cap is not None:
        return [fact.cap.max]
    value = fact.max if fact.max is not None else fact.min
    return [value] if value is not None and set(fact.per) <= {"person"} else []


def _number(tag: Tag) -> Decimal | None:
    return tag.fact.min if isinstance(tag.fact, Target) else None


def _unit(tag: Tag) -> str | None:
    return tag.fact.unit if isinstance(tag.fact, Target) else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _finding(
    notice: Notice,
    proven: bool,
    words: str,
    printed: Decimal,
    span: TextSpan,
    other: TextSpan | None,
) -> Finding:
    quote = span.of(notice.text)
    against = f" (“{other.of(notice.text)}”)" if other else ""
    if proven:
        return Finding("info", "sum-proven", f"{words} = {_plain(printed)}{against}", quote, span)
    message = f"{words} is not {_plain(printed)} as printed{against}; ask the issuer which is meant"
    return Finding("warning", "sum-mismatch", message, quote, span)
