"""Infers what later rules of a measure do to earlier ones, and where two stand against each other.

Every inference spells out its reasons (level, time, specificity, value) and stays a presumption
until a person confirms it. Documents whose order is not printed are never put in one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.force.days import Interval, spoken
from kb.force.measures import Entry, Measures, chain
from kb.force.models import INFERRED, End, Relation, named
from kb.force.values import ceiling, changes, essence, worth
from kb.schema import Record

_LEVELS = {1: "国家级", 2: "省级", 3: "市级", 4: "县级"}
_DECIDES = "由发文机关或共同上级明确以哪一份为准；查明两份文件的成文日期后，可按时间先后判断。"


@dataclass(frozen=True)
class Inference:
    """What is looked at: all measures, and which documents name which."""

    measures: Measures
    named: frozenset[tuple[str, str]]
    ended: frozenset[tuple[str, str]]

    def relations(self) -> Iterator[Relation]:
        """Every inferred relation, by measure and time."""
        for entries in _groups(self.measures).values():
            yield from self._among(entries)

    def _among(self, entries: list[Entry]) -> Iterator[Relation]:
        single = _single(entries)
        sure = [e for e in entries if e.document in single]
        for position, later in enumerate(sure):
            seen: set[tuple[str, str | None]] = set()
            for earlier in reversed(sure[:position]):
                scope = (earlier.region, earlier.sector)
                if scope in seen or not _overlap(earlier, later):
                    continue
                seen.add(scope)
                relation = self._between(earlier, later)
                if relation is not None:
                    yield relation
                if scope == (later.region, later.sector):
                    # what stood before the last rule of the same scope is that rule's affair
                    break

    def _between(self, earlier: Entry, later: Entry) -> Relation | None:
        if (later.document, earlier.document) in self.ended:
            return None
        # nothing says which of two came first while their days of issue may be the same
        ordered = _ordered(earlier.issued, later.issued)
        type_ = _type(earlier, later, ordered)
        if type_ is None or (type_ == "conflicts_with" and self._names(earlier, later)):
            return None
        return self._relation(type_, earlier, later, ordered)

    def _names(self, a: Entry, b: Entry) -> bool:
        return not self.named.isdisjoint({(a.document, b.document), (b.document, a.document)})

    def _relation(self, type_: str, earlier: Entry, later: Entry, ordered: bool) -> Relation:
        assert earlier.rule is not None
        assert later.rule is not None
        sources = (later.document, later.evidence.quote)
        targets = (earlier.document, earlier.evidence.quote)
        return Relation(
            id=named("rel", type_, *sources, *targets),
            type=type_,
            source=End(later.document, later.clause or None, later.rule.id),
            target=End(earlier.document, earlier.clause or None, earlier.rule.id),
            scope="value",
            when=later.start,
            asserted_by=INFERRED,
            reasons=tuple(self._reasons(type_, earlier, later, ordered)),
            evidence=later.evidence,
            against=earlier.evidence,
        )

    def _reasons(self, type_: str, earlier: Entry, later: Entry, ordered: bool) -> Iterator[str]:
        records = self.measures.base.by_id
        before, after = records[earlier.document], records[later.document]
        doubt = "" if type_ in ("restates", "specialises") else _rank(before, after)
        yield f"层级：{_level(after)}；{_level(before)}。{doubt}"
        first, second = spoken(earlier.issued), spoken(later.issued)
        order = "前者晚于后者" if ordered else "先后不明"
        yield f"时间：{_name(after)}为{second}，{_name(before)}为{first}，{order}。"
        yield _specificity(earlier, later)
        yield from _worths(type_, earlier, later)
        if not self._names(earlier, later):
            yield "两份文件互不提及。"
        if type_ == "conflicts_with":
            yield f"如何裁断：{_DECIDES}"


def _groups(measures: Measures) -> Mapping[tuple[str, str], list[Entry]]:
    """The entries with a value, by item and category whatever the region, in the order of time."""
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for measure in measures.all:
        known = [e for e in measure.entries if e.rule is not None and e.region != "xx"]
        groups[measure.key.item, measure.key.category] += known
    return {key: sorted(found, key=lambda e: e.order) for key, found in groups.items()}


def _single(entries: Iterable[Entry]) -> frozenset[str]:
    """The documents that give the measure one value: of several, nobody knows which compares."""
    values: dict[str, set[object]] = defaultdict(set)
    for entry in entries:
        if entry.rule is not None:
            values[entry.document].add(essence(entry.rule))
    return frozenset(document for document, found in values.items() if len(found) == 1)


def _overlap(a: Entry, b: Entry) -> bool:
    if a.document == b.document:
        return False
    regions = a.region in chain(b.region) or b.region in chain(a.region)
    return regions and (a.sector is None or b.sector is None or a.sector == b.sector)


def _ordered(earlier: Interval | None, later: Interval | None) -> bool:
    return earlier is not None and later is not None and earlier.before(later)


def _type(earlier: Entry, later: Entry, ordered: bool) -> str | None:
    if earlier.rule is None or later.rule is None or _disjoint(earlier, later):
        return None
    narrower = _narrower(later, earlier)
    if essence(earlier.rule) == essence(later.rule):
        return "restates" if ordered or narrower else None
    if narrower:
        return "conflicts_with" if _exceeds(earlier, later) else "specialises"
    if not ordered or _narrower(earlier, later):
        return "conflicts_with"
    return "supersedes"


def _disjoint(a: Entry, b: Entry) -> bool:
    """Whether one certainly ends before the other begins."""
    return bool(
        (a.end and b.start and a.end.last < b.start.first)
        or (b.end and a.start and b.end.last < a.start.first)
    )


def _narrower(a: Entry, b: Entry) -> bool:
    """Whether ``a`` holds for fewer: a lower region, or one sector."""
    lower = a.region != b.region and b.region in chain(a.region)
    return lower or (a.region == b.region and a.sector is not None and b.sector is None)


def _exceeds(earlier: Entry, later: Entry) -> bool:
    """Whether the narrower rule gives more than the ceiling of the broader one."""
    if earlier.rule is None or later.rule is None or earlier.rule.per != later.rule.per:
        return False
    most, least = ceiling(later.rule), ceiling(earlier.rule)
    capped = earlier.rule.role == "cap" or earlier.rule.cap is not None
    return capped and most is not None and least is not None and most > least


def _level(record: Record) -> str:
    issuers = "、".join(record.document.issuers) or "发文机关不明"
    level = (
        _LEVELS[len(chain(record.document.region.code))] if record.document.region else "层级不明"
    )
    return f"{_name(record)}由{issuers}发出（{level}）"


def _rank(before: Record, after: Record) -> str:
    """What a lower organ may not do by itself: change what a government has set."""
    if _of_government(before) and not _of_government(after):
        return "在先文件由政府发出，在后文件由部门发出，推定更须核定。"
    return ""


def _of_government(record: Record) -> bool:
    return any("人民政府" in i or "国务院" in i for i in record.document.issuers)


def _specificity(earlier: Entry, later: Entry) -> str:
    if _narrower(later, earlier):
        return "范围：后者只及较小范围" + (
            f"（{later.sector}系统）。" if later.sector else "（下级地区）。"
        )
    if _narrower(earlier, later):
        return "范围：前者只及较小范围" + (
            f"（{earlier.sector}系统）。" if earlier.sector else "（下级地区）。"
        )
    return "范围：地区和系统相同。"


def _worths(type_: str, earlier: Entry, later: Entry) -> Iterator[str]:
    if earlier.rule is None or later.rule is None:
        return
    old, new = worth(earlier.rule), worth(later.rule)
    same = "相同" if type_ == "restates" else "不同"
    yield f"数值：{old} → {new}，{same}。"
    told = [str(c) for c in changes(earlier.rule, later.rule) if c.field != "金额"]
    if told:
        yield f"其他变化：{'；'.join(told)}。"


def _name(record: Record) -> str:
    return record.document.number or record.document.title or record.document.id
