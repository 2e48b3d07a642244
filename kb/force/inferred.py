"""Infers what later rules of a measure do to earlier ones, and where two stand against each other.

Every inference spells out its reasons (level, time, specificity, value) and stays a presumption
until a person confirms it. Documents whose order is not printed are never put in one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from kb.force.comparisons import differences, effect, figures, narrower, shown
from kb.force.days import Interval, spoken
from kb.force.entries import Entry
from kb.force.measures import Measures
from kb.force.models import INFERRED, Relation, named
from kb.force.predecessors import Before
from kb.force.region_chain import NATION, UNKNOWN, level_of, region_of
from kb.nameless import nameless
from kb.schema import AmountRule, DeadlineRule, DepartmentRule, Record, TargetRule

#: telling characters of what is one thing wherever it stands: 新增高技能人才 has seven
_TELLING = {"target": 7, "duty": 12}
#: what changes from one version of a document to the next
_PASSING = re.compile(r"\d{4}年度?|[（(].*?[)）]|.*关于|印发|[《》\s]|修订|试行|暂行|的通知$")
_DECIDES = "由发文机关或共同上级明确以哪一份为准；查明两份文件的成文日期后，可按时间先后判断。"


@dataclass(frozen=True)
class Inference:
    """What is looked at: all measures, and which documents name which."""

    measures: Measures
    named: frozenset[tuple[str, str]]
    ended: frozenset[tuple[str, str]]

    def relations(self) -> Iterator[Relation]:
        """Every inferred relation, by measure and time."""
        groups = _groups(self.measures)
        found = dict.fromkeys(r for root, entries in groups for r in self._among(root, entries))
        times = Counter(relation.id for relation in found)
        for relation in found:
            yield relation if times[relation.id] == 1 else _told_apart(relation)

    def _among(self, root: str, entries: tuple[Entry, ...]) -> Iterator[Relation]:
        single, before = _single(entries), Before()
        known = (e for e in entries if (e.document, e.scope) in single)
        for _, together in groupby(known, key=lambda entry: entry.document):
            of_document = tuple(together)
            for later in of_document:
                # what the nation's rules do to each other is told among the nation's alone
                known_above = later.region == NATION != root
                for earlier in before.met_by(later):
                    told = known_above and earlier.region == NATION
                    relation = None if told else self._between(earlier, later)
                    if relation is not None:
                        yield relation
            before.add(of_document)

    def _between(self, earlier: Entry, later: Entry) -> Relation | None:
        if (later.document, earlier.document) in self.ended:
            return None
        # nothing says which of two came first while their days of issue may be the same
        ordered = _ordered(earlier.issued, later.issued)
        type_ = effect(earlier, later, ordered=ordered)
        if type_ is None or (type_ == "conflicts_with" and self._names(earlier, later)):
            return None
        if type_ == "supersedes" and not self._is_of_one_matter(earlier, later):
            return None
        return self._relation(type_, earlier, later, ordered)

    def _is_of_one_matter(self, earlier: Entry, later: Entry) -> bool:
        """Whether two values are certainly of one thing, so that one can take the other's place.

        新建公厕 and 完善信贷风险分担机制 stand in plans for farms and for towns; many procedures of
        a city have 10个工作日内核发证书. A rate is one of its region.
        """
        rule, words = later.rule, self.measures.vocabulary
        if isinstance(rule, AmountRule) or later.rate or self._names(earlier, later):
            return True
        records = self.measures.base.by_id
        before, after = (_matter(records[e.document]) for e in (earlier, later))
        if before is not None and before == after:
            return True
        if isinstance(rule, TargetRule):
            return words.metrics.weight(later.words) >= _TELLING["target"]
        is_period = isinstance(rule, DeadlineRule) and rule.type == "duration"
        return not is_period and words.duties.weight(later.words) >= _TELLING["duty"]

    def _names(self, a: Entry, b: Entry) -> bool:
        return not self.named.isdisjoint({(a.document, b.document), (b.document, a.document)})

    def _relation(self, type_: str, earlier: Entry, later: Entry, ordered: bool) -> Relation:
        return Relation(
            id=named("rel", type_, *_words(later), *_words(earlier)),
            type=type_,
            source=later.end_of,
            target=earlier.end_of,
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


def _told_apart(relation: Relation) -> Relation:
    """One of several that rest on words printed alike: 给予每人300元 for this and for that."""
    ends = str(relation.source), str(relation.target)
    return replace(relation, id=named("rel", relation.id, *ends))


def _groups(measures: Measures) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The entries of each measure that have a value, with those of the nation, in time."""
    for key, entries in measures.placed.items():
        above = () if key.root in (NATION, UNKNOWN) else measures.national(key)
        known = [e for e in (*entries, *above) if e.rule is not None and e.region != UNKNOWN]
        yield key.root, tuple(sorted(known, key=lambda e: e.order))


def _single(entries: Iterable[Entry]) -> frozenset[object]:
    """The documents that give a scope one value: of several, nobody knows which compares."""
    values: dict[object, set[object]] = defaultdict(set)
    for entry in entries:
        values[entry.document, entry.scope].add(figures(entry))
    return frozenset(place for place, found in values.items() if len(found) == 1)


def _ordered(earlier: Interval | None, later: Interval | None) -> bool:
    return earlier is not None and later is not None and earlier.before(later)


def _level(record: Record) -> str:
    issuers = "、".join(record.document.issuers) or "发文机关不明"
    return f"{_name(record)}由{issuers}发出（{level_of(region_of(record)) or '层级不明'}）"


def _rank(before: Record, after: Record) -> str:
    """What a lower organ may not do by itself: change what a government has set."""
    if _of_government(before) and not _of_government(after):
        return "在先文件由政府发出，在后文件由部门发出，推定更须核定。"
    return ""


def _of_government(record: Record) -> bool:
    return any("人民政府" in i or "国务院" in i for i in record.document.issuers)


def _specificity(earlier: Entry, later: Entry) -> str:
    if narrower(later, earlier):
        return "范围：后者只及较小范围" + (
            f"（{later.sector}系统）。" if later.sector else "（下级地区）。"
        )
    if narrower(earlier, later):
        return "范围：前者只及较小范围" + (
            f"（{earlier.sector}系统）。" if earlier.sector else "（下级地区）。"
        )
    return "范围：地区和系统相同。"


def _worths(type_: str, earlier: Entry, later: Entry) -> Iterator[str]:
    if later.words:
        yield f"事项：{later.words}。"
    same = "相同" if type_ == "restates" else "不同"
    yield f"数值：{shown(earlier)} → {shown(later)}，{same}。"
    # the value itself has just been told
    of_amount = isinstance(earlier.rule, AmountRule)
    told = [str(c) for c in differences(earlier, later) if of_amount and c.field != "金额"]
    if told:
        yield f"其他变化：{'；'.join(told)}。"


def _words(entry: Entry) -> tuple[str, ...]:
    """The words a relation rests on; where a heading is the duty the quote is only the organ."""
    words = (entry.words,) if isinstance(entry.rule, DepartmentRule) else ()
    return (entry.document, entry.evidence.quote, *words)


def _matter(record: Record) -> str | None:
    """What a document is on: its title without who issued it, when, and as what."""
    document = record.document
    title = (document.enclosed.title if document.enclosed else None) or document.title
    return _PASSING.sub("", title) if title else None


def _name(record: Record) -> str:
    return record.document.number or record.document.title or nameless(record)
