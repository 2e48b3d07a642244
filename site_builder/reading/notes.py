"""The notes beside a clause: its rules by kind, and what other documents do to it.

No rule is told of twice: those in tables are counted, and where the marked words say all (企业职工
as 对象, 省财政厅 as 配合, with the way to its page) there is no note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.models import TextSpan
from kb.force.models import End
from kb.models import KIND_NAMES, anchor_of
from kb.schema import AmountRule, Record, Rule
from site_builder import urls
from site_builder.contexts import Field, Kind, StateMark
from site_builder.holdings import Holdings, end_of_rule, whole
from site_builder.reading.layout import own_text
from site_builder.reading.relating import Tie, ties_by_clause
from site_builder.timelines.values_by_day import course, mark
from site_builder.wording.words import REVIEWS, rule_details, rule_subject, rule_value

#: letters in a line of text and in one of a note, and how many pixels each takes at a desktop, as
#: static/css/document.css sets them; the address of a clause and the name of a kind take one line
_TEXT, _NOTE = (36, 31), (15, 22)
_ADDRESS, _KIND, _GAP = 34, 30, 8
_IN_THE_SENTENCE = ("条件", "适用对象")


@dataclass(frozen=True, slots=True)
class Note:
    """A rule beside its clause. ``mark`` is the id of its words in the text.

    ``page`` is its own page; ``state`` is told where it is not that of the document.
    """

    mark: str
    subject: str
    value: str
    details: tuple[Field, ...]
    review: str
    page: str
    state: StateMark | None

    @property
    def lines(self) -> tuple[str, ...]:
        """What is printed of it, a string for each line that may wrap."""
        told = (f"{detail.name}：{'、'.join(detail.values)}" for detail in self.details)
        head = f"{self.subject}：{self.value}　{self.state.label if self.state else ''}"
        return (f"{head}{'详情' if self.page else ''}", *told, self.review)


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """The rules of one kind in one clause; those in its tables are counted, not repeated."""

    kind: Kind
    notes: tuple[Note, ...]
    in_tables: int

    @property
    def size(self) -> int:
        """How many rules."""
        return len(self.notes) + self.in_tables


@dataclass(frozen=True, slots=True)
class Beside:
    """All that stands beside a clause; ``state`` is told where it is not that of the document.

    ``open`` are the notes that fit beside its text, at least one, ``folded`` all others.
    """

    open: tuple[NoteGroup, ...] = ()
    folded: tuple[NoteGroup, ...] = ()
    ties: tuple[Tie, ...] = ()
    state: StateMark | None = None

    @property
    def groups(self) -> tuple[NoteGroup, ...]:
        """All of them."""
        return (*self.open, *self.folded)

    @property
    def size(self) -> int:
        """How many rules are told of."""
        return sum(group.size for group in self.groups)

    @property
    def more(self) -> int:
        """How many notes are folded."""
        return sum(group.size for group in self.folded)


def notes(holdings: Holdings, record: Record, rules: Sequence[Rule]) -> dict[str, Beside]:
    """What stands beside each clause, by its anchor; ``front`` is what stands before them all."""
    writer = _Writer(holdings, record)
    ties = ties_by_clause(holdings.graph, record)
    held: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        held[anchor_of(record, rule.clause)].append(rule)
    anchors = dict.fromkeys(("front", *(clause.anchor for clause in record.clauses)))
    paths = {clause.anchor: clause.path for clause in record.clauses}
    texts = own_text(record)
    room = {a: _height(texts.get(a, "").split("\n"), *_TEXT) - _ADDRESS for a in anchors}
    return {
        anchor: Beside(
            *parted(writer.groups(held.get(anchor, ())), room[anchor]),
            ties=ties.get(anchor, ()),
            state=writer.state_of_clause(paths.get(anchor, "")),
        )
        for anchor in anchors
    }


def parted(
    groups: Sequence[NoteGroup], room: int
) -> tuple[tuple[NoteGroup, ...], tuple[NoteGroup, ...]]:
    """The notes for which there is room, at least one, and all others where they are several."""
    fits = _fitting(groups, room)
    if sum(len(group.notes) for group in groups) <= fits + 1:
        return tuple(groups), ()
    shown, folded, left = [], [], fits
    for group in groups:
        first, rest = group.notes[:left], group.notes[left:]
        left -= len(first)
        in_tables = group.in_tables if not rest and first else 0
        shown.append(NoteGroup(group.kind, first, in_tables))
        folded.append(NoteGroup(group.kind, rest, group.in_tables - in_tables))
    return tuple(g for g in shown if g.size), tuple(g for g in folded if g.size)


def _fitting(groups: Sequence[NoteGroup], room: int) -> int:
    fits, left = 0, room
    for group in groups:
        left -= _KIND
        for note in group.notes:
            left -= _height(note.lines, *_NOTE) + _GAP
            if left < 0:
                return max(fits, 1)
            fits += 1
    return fits


def _height(lines: Iterable[str], letters: int, pixels: int) -> int:
    return sum(-(-len(line) // letters) * pixels for line in lines)


@dataclass(frozen=True)
class _Writer:
    holdings: Holdings
    record: Record

    def groups(self, rules: Sequence[Rule]) -> tuple[NoteGroup, ...]:
        kinds = {rule.kind for rule in rules}
        found = (
            self._group(Kind(code, name), [rule for rule in rules if rule.kind == code])
            for code, name in KIND_NAMES.items()
            if code in kinds
        )
        return tuple(group for group in found if group.size)

    def state_of_clause(self, path: str) -> StateMark | None:
        """The state of a clause that words speak of."""
        touched = {end.clause for end in self._touched if not end.rule}
        terms = self.holdings.graph.clause_terms[self.record.document.id]
        if not path or path not in touched | {term.clause for term in terms}:
            return None
        return self._unlike_document(End(self.record.document.id, path))

    def _group(self, kind: Kind, rules: Iterable[Rule]) -> NoteGroup:
        tables = [TextSpan(*table.span) for table in self.record.tables]
        every = [(r, any(t.holds(TextSpan(*r.span)) for t in tables)) for r in rules]
        told = [(r, self._note(r)) for r, in_table in every if not in_table]
        notes = tuple(note for rule, note in told if not _says_all(rule, note))
        return NoteGroup(kind, notes, in_tables=len(every) - len(told))

    def _note(self, rule: Rule) -> Note:
        own_page = rule.id in self.holdings.with_page
        return Note(
            mark=urls.rule_anchor(rule.id),
            subject=rule_subject(rule),
            value=rule_value(rule),
            details=_details(rule),
            review="" if rule.review.status == "extracted" else REVIEWS[rule.review.status],
            page=self.holdings.address(self.record, rule) if own_page else "",
            state=self._state_of_rule(rule),
        )

    def _state_of_rule(self, rule: Rule) -> StateMark | None:
        """Asking for all days is dear, so only what words can have touched is asked for."""
        held = self.holdings.timeline_of.get(rule.id)
        if held is not None and self._takes_the_place(rule):
            number = next(n for n, step in enumerate(held.steps) if step.rule == rule.id)
            return mark(self.holdings, course(self.holdings, held), number)
        ends = [e for e in self._touched if e.rule in (None, rule.id)]
        terms = self.holdings.graph.clause_terms[self.record.document.id]
        own = isinstance(rule, AmountRule) and (rule.from_ or rule.to)
        if not own and not ends and not any(term.clause == rule.clause for term in terms):
            return None
        return self._unlike_document(end_of_rule(self.record, rule))

    def _takes_the_place(self, rule: Rule) -> bool:
        """Whether the rule is called more than its state: 推定适用 where another gave way."""
        related = self.holdings.relations_of.get(rule.id, ())
        return any(r.type == "supersedes" and r.source.rule == rule.id for r in related)

    @property
    def _touched(self) -> list[End]:
        """The clauses and rules of the document that others do something to."""
        into = self.holdings.graph.into.get(self.record.document.id, ())
        return [r.target for r in into if r.target.clause or r.target.rule]

    def _unlike_document(self, subject: End) -> StateMark | None:
        own = self.holdings.state(subject)
        return None if own == self.holdings.state(whole(self.record)) else own


def _details(rule: Rule) -> tuple[Field, ...]:
    """What the note adds to the sentence that it stands beside, whose words are the duty of a
    department and the conditions of an amount; those are told on the amount's own page.
    """
    if rule.kind == "department":
        return ()
    told = rule_details(rule)
    if isinstance(rule, AmountRule):
        told = tuple((name, said) for name, said in told if name not in _IN_THE_SENTENCE)
    return tuple(Field(name, (said,)) for name, said in told)


def _says_all(rule: Rule, note: Note) -> bool:
    """Whether the marked words say what the note would."""
    if note.review or note.page or note.state:
        return False
    is_name = rule.kind == "group" and note.subject == rule.quote and not note.details
    return is_name or rule.kind == "department"
