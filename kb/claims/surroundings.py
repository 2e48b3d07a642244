"""Finds the sentences that bear on an amount: its own, its clause's, those on who may apply.

Each sentence keeps its clause and its span, and ``text[span]`` is the sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.force.models import Evidence
from kb.schema import AmountRule, ClauseRecord, Record

_END = re.compile(r"[。；;\n]")
_COMMA = re.compile(r"[，,：:](?!\d{3})")
_LABEL = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳]|"
    r"第[一二三四五六七八九十百]+条)\s*"
)
#: headings under which a notice says who may have what other clauses grant
_WHO = re.compile(r"(?:对象|条件|资格|范围|人群)(?=$|[和及与、（(：:])")
#: a heading longer than this is a sentence that only begins its clause
_HEADING = 18
_HOW = re.compile(r"申[报请领]|流程|程序|兑现|拨付|(?:资金|经费)(?:来源|保障|拨付|管理)")
#: sentences that say who may have it, wherever they stand: 本办法所称适配对象是指…, 申请补贴须符合…
_ELIGIBLE = re.compile(
    r"本[^，。；]{1,6}所[称指]的?[^。；]{1,24}?是?指|适用(?:于|对象|范围)|"
    r"(?:申请|申领|享受|领取)[^，。；]{0,20}(?:符合|具备|满足)[^，。；]{0,14}条件|"
    r"(?:补贴|补助|资助|奖励|救助|扶持)(?:的)?对象"
)
#: what opens a list of cases that stand in clauses of their own
_DEFINES = re.compile(r"是指?|指|具[有备]|须|符合|适用于|包括")
_COLON = re.compile(r"[：:]$|以下|下列|之一")
_OPENS = re.compile(r"(?:下列|以下|如下|之一|同时符合)|[：:]$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place."""

    document: str
    clause: str
    text: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        """Its place in the text of the document."""
        return self.start, self.start + len(self.text)

    @property
    def evidence(self) -> Evidence:
        """The sentence as words that something rests on."""
        return Evidence(self.document, self.clause, self.text, self.span)

    def parts(self) -> Iterator[Sentence]:
        """What stands between its commas; a comma within brackets parts nothing."""
        at = 0
        for match in _COMMA.finditer(self.text):
            if self.text.count("（", at, match.start()) + self.text.count(
                "(", at, match.start()
            ) > (
                self.text.count("）", at, match.start()) + self.text.count(")", at, match.start())
            ):
                continue
            yield self.cut(at, match.start())
            at = match.end()
        yield self.cut(at, len(self.text))

    def without_label(self) -> Sentence:
        """The sentence without the numeral that opens its clause."""
        label = _LABEL.match(self.text)
        return self.cut(label.end(), len(self.text)) if label else self

    def cut(self, start: int, end: int) -> Sentence:
        """The stretch of it between two offsets."""
        return Sentence(self.document, self.clause, self.text[start:end], self.start + start)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What bears on one amount."""

    own: Sentence
    clause: tuple[Sentence, ...]
    #: of clauses above that open a list, and of clauses headed 对象, 条件 beside it
    governing: tuple[Sentence, ...]
    #: of clauses beside it on how to apply
    applying: tuple[Sentence, ...]
    #: the words of the amount itself
    amount: Evidence

    def quoting(self, wording: str | None) -> Evidence:
        """The place of ``wording`` in the amount's sentence, else of the amount."""
        own = self.own
        at = own.text.find(wording) if wording else -1
        if at < 0 or wording is None:
            return self.amount
        span = (own.start + at, own.start + at + len(wording))
        return Evidence(own.document, own.clause, wording, span)


def surroundings(record: Record, rule: AmountRule) -> Surroundings:
    """The sentences that bear on ``rule``."""
    mine = sentences(record, rule.clause)
    own = next((s for s in mine if s.start <= rule.span[0] < s.span[1]), None)
    if own is None:
        own = Sentence(record.document.id, rule.clause, rule.quote, rule.span[0])
    others = tuple(s for s in mine if s != own)
    governing: list[Sentence] = []
    applying: list[Sentence] = []
    for above in _above(rule.clause):
        governing += [s for s in sentences(record, above) if _OPENS.search(s.text)]
    governing += [s for s in _read(record).eligibility if s.clause != rule.clause]
    for beside in _beside(record, rule.clause):
        if len(beside.heading) > _HEADING:
            continue
        if _WHO.search(beside.heading):
            governing += [s for s in _all_sentences(record, beside) if not _is_heading(record, s)]
        elif _HOW.search(beside.heading):
            applying += [*_all_sentences(record, beside)]
    amount = Evidence(record.document.id, rule.clause, rule.quote, rule.span)
    governing = list(dict.fromkeys(governing))
    return Surroundings(own, others, tuple(governing), tuple(applying), amount)


def sentences(record: Record, path: str) -> tuple[Sentence, ...]:
    """The sentences of the clause itself, without those of clauses under it."""
    return _read(record).by_clause.get(path, ())


def on_item(record: Record, rule: AmountRule, own: Sentence) -> Iterator[Sentence]:
    """Sentences of the document, beside the amount's own, that name what it is for."""
    item = rule.item or ""
    # 补贴 alone is every amount
    for sentence in _read(record).naming(item) if len(item) > 2 else ():
        if sentence.span != own.span:
            yield sentence


def amounts_in(record: Record, span: tuple[int, int]) -> Iterator[AmountRule]:
    """The amounts whose words touch ``span``."""
    start, end = span
    return (r for r in _read(record).amounts if start < r.span[1] and r.span[0] < end)


def all_sentences(record: Record) -> tuple[Sentence, ...]:
    """Every sentence of the document's numbered clauses and of its opening."""
    return _read(record).sentences


@dataclass(frozen=True)
class _Read:
    """A record with its sentences, which every amount of it asks for several times."""

    record: Record

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        name, text, clauses = self.record.document.id, self.record.text, self.record.clauses
        stretches = [("", 0, min((c.span[0] for c in clauses), default=len(text)))]
        for clause in clauses:
            stretches += [(clause.path, *own) for own in _own_stretches(clause, clauses)]
        return tuple(
            s for path, start, end in stretches for s in _cut(name, text, path, start, end)
        )

    @cached_property
    def by_clause(self) -> Mapping[str, tuple[Sentence, ...]]:
        found: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            found[sentence.clause].append(sentence)
        return {path: tuple(held) for path, held in found.items()}

    @cached_property
    def eligibility(self) -> tuple[Sentence, ...]:
        return tuple(_eligibility(self.record))

    @cached_property
    def amounts(self) -> tuple[AmountRule, ...]:
        return tuple(rule for rule in self.record.rules if isinstance(rule, AmountRule))

    def naming(self, item: str) -> tuple[Sentence, ...]:
        """The sentences that name ``item``."""
        if item not in self._naming:
            self._naming[item] = tuple(s for s in self.sentences if item in s.text)
        return self._naming[item]

    @cached_property
    def _naming(self) -> dict[str, tuple[Sentence, ...]]:
        return {}


_MOST_READ = 64
#: the last records read, by identity: to compare records takes longer than to read one
_recent: dict[int, _Read] = {}


def _read(record: Record) -> _Read:
    known = _recent.get(id(record))
    if known is None or known.record is not record:
        if len(_recent) >= _MOST_READ:
            _recent.clear()
        known = _recent[id(record)] = _Read(record)
    return known


def _all_sentences(record: Record, clause: ClauseRecord) -> Iterator[Sentence]:
    for other in record.clauses:
        if other.path == clause.path or other.path.startswith(f"{clause.path}/"):
            yield from sentences(record, other.path)


def _eligibility(record: Record) -> Iterator[Sentence]:
    """Definitions of who is meant, with the cases that stand in clauses under them."""
    for clause in record.clauses:
        mine = [s for s in sentences(record, clause.path) if _ELIGIBLE.search(s.text)]
        told = [s for s in mine if _DEFINES.search(s.text) or not _is_heading(record, s)]
        yield from told
        for other in record.clauses if told and _COLON.search(told[-1].text) else ():
            if other.path.startswith(f"{clause.path}/"):
                yield from sentences(record, other.path)


def _is_heading(record: Record, sentence: Sentence) -> bool:
    headings = (c.heading for c in record.clauses if c.path == sentence.clause)
    return any(sentence.text.endswith(heading) for heading in headings if heading) and (
        len(sentence.text) <= _HEADING + 5
    )


def _cut(document: str, text: str, path: str, start: int, end: int) -> Iterator[Sentence]:
    at = start
    stops = [m.end() for m in _END.finditer(text, start, end)]
    for stop in (*stops, end):
        words = text[at:stop].rstrip("。；;\n")
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield Sentence(document, path, words.strip(), at + lead).without_label()
        at = stop


def _own_stretches(
    clause: ClauseRecord, clauses: tuple[ClauseRecord, ...]
) -> Iterator[tuple[int, int]]:
    start, end = clause.span
    inside = (c.span for c in clauses if c is not clause and c.span != clause.span)
    return _without(clause.span, sorted(s for s in inside if start <= s[0] and s[1] <= end))


def _without(span: tuple[int, int], holes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at, end = span
    for start, stop in holes:
        if at < start:
            yield at, start
        at = max(at, stop)
    if at < end:
        yield at, end


def _above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _beside(record: Record, path: str) -> Iterator[ClauseRecord]:
    """The clauses that share a parent with the clause or with one above it."""
    at = path
    while at:
        parent = at.rpartition("/")[0]
        for clause in record.clauses:
            if clause.path != at and clause.path.rpartition("/")[0] == parent:
                yield clause
        at = parent
