"""Says whether a document, clause or rule is in force on a day, and why, in sentences with quotes.

There is an answer for every day and just one. Only words end a rule; an inference or a target year
that has passed makes a presumption (推定), and where nothing speaks the answer is ``unknown``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.force.days import Interval, spoken
from kb.force.endings import Bounds, Ending, State, Subject, told
from kb.force.graph import Graph
from kb.force.lapses import end_of_ender, ends_of, is_standing
from kb.force.models import End, Reason, Relation
from kb.force.suspensions import resting
from kb.force.terms import Term

#: how a state is called
STATES: dict[State, str] = {
    "in_force": "有效",
    "not_yet": "尚未施行",
    "expired": "已到期",
    "superseded": "已被替代",
    "partly_superseded": "部分失效",
    "repealed": "已废止",
    "suspended": "暂停执行",
    "unknown": "无法判断",
    "presumed_superseded": "推定已被替代",
    "presumed_expired": "推定已到期",
}


@dataclass(frozen=True, slots=True)
class Status:
    """The state of ``subject`` on a day, with the chain of reasons.

    For what is unknown, ``pro`` and ``contra`` tell what speaks for and against its being in force.
    ``since`` is from when the state holds, where that is known.
    """

    subject: End
    on: date
    state: State
    reasons: tuple[Reason, ...]
    pro: tuple[Reason, ...] = ()
    contra: tuple[Reason, ...] = ()
    since: Interval | None = None
    relations: tuple[Relation, ...] = ()

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def is_presumed(self) -> bool:
        """Whether a person should confirm it before anybody relies on it."""
        return self.state.startswith("presumed_")


def status(graph: Graph, subject: End, on: date) -> Status:
    """The status of ``subject`` on the day ``on``."""
    return _Question(Subject(graph, subject, on)).answer()


@dataclass(frozen=True, slots=True)
class _Question:
    subject: Subject

    def answer(self) -> Status:
        term, bounds = self.subject.term(), self.subject.bounds()
        begins = bounds.start or term.issued
        if begins is not None and self.subject.on < begins.first:
            return self._said(
                "not_yet", [bounds.start_said or _issued(self.subject.name, term)], begins
            )
        if self.subject.is_rejected():
            return self._said(
                "unknown", [Reason("此条规则经人工核对后被否定，不作为规则使用")], None
            )
        endings = sorted(self.subject.endings(term, bounds), key=lambda e: e.order)
        return (
            self._ended([e for e in endings if not e.partial and not _presumed(e)])
            or self._presumably([e for e in endings if not e.partial and _presumed(e)], endings)
            or self._suspended()
            or self._partly([e for e in endings if e.partial and not _presumed(e)])
            or self._standing(term, bounds, endings)
        )

    def _ended(self, ends: list[Ending], others: Iterable[Ending] = ()) -> Status | None:
        over = [e for e in ends if e.is_over(self.subject.on)]
        if over:
            reasons = [r for e in over for r in (e.reason, *e.more)]
            reasons += self._for_good(over[0])
            also = [e.reason for e in others if e.partial and e.is_over(self.subject.on)]
            if over[0].state == "expired":
                also += self.subject.term().differs
            relations = [e.relation for e in over if e.relation]
            return self._said(over[0].state, [*reasons, *also], over[0].when, relations)
        perhaps = [e for e in ends if e.may_be_over(self.subject.on) and not _presumed(e)]
        if perhaps:
            said = [Reason("终止的日期没有写明，这一天是否已经终止无法判断"), perhaps[0].reason]
            said += perhaps[0].more
            return self._said("unknown", said, None, [e.relation for e in perhaps if e.relation])
        return None

    def _presumably(self, ends: list[Ending], others: list[Ending]) -> Status | None:
        lapsed = [e for e in ends if self._has_lapsed(e)]
        standing = [e for e in ends if e not in lapsed]
        return self._ended(standing, others) or self._reopened(lapsed)

    def _for_good(self, ending: Ending) -> Iterator[Reason]:
        """That what has been ended in fact stays so, where what ended it is over itself."""
        if ending.relation is None or ending.state not in ("repealed", "superseded"):
            return
        over = end_of_ender(self.subject.graph, ending.relation, self.subject.on)
        if over is not None:
            text = (
                f"终止它的规定本身也已终止（{over.text.rstrip('。')}），但已经终止的不因此自行恢复"
            )
            yield Reason(text, over.evidence)

    def _has_lapsed(self, ending: Ending) -> bool:
        """Whether it only presumably was superseded, by what has ended since."""
        if ending.state != "presumed_superseded" or ending.relation is None:
            return False
        over = ending.is_over(self.subject.on)
        return over and not is_standing(self.subject.graph, ending.relation, self.subject.on)

    def _reopened(self, lapsed: list[Ending]) -> Status | None:
        if not lapsed:
            return None
        graph, on, bounds = self.subject.graph, self.subject.on, self.subject.bounds()
        relations = tuple(e.relation for e in lapsed if e.relation)
        found = [e for r in relations for e in ends_of(graph, r, on)]
        ends = dict.fromkeys(e.reason for e in found)
        over = "已经终止" if all(e.is_over(on) for e in found) else "可能已经终止"
        said = Reason(f"推定替代它的规定{over}，此后没有同一事项的规定，是否恢复执行它没有写明")
        pro = [r for r in (bounds.start_said, bounds.end_said) if r]
        pro.append(Reason("本库文件中没有废止、停止执行它的规定"))
        contra = [e.reason for e in lapsed]
        contra.append(Reason("没有文字写明替代它的规定终止后恢复执行它"))
        return Status(
            self.subject.end,
            *(on, "unknown", (said, *ends), tuple(pro), tuple(contra)),
            relations=relations,
        )

    def _suspended(self) -> Status | None:
        """Another document has it rest; it has not ended, and may come back."""
        relation = resting(self.subject)
        if relation is None:
            return None
        reason = told(self.subject.graph, relation)
        return self._said("suspended", [reason], relation.when, [relation])

    def _partly(self, ends: list[Ending]) -> Status | None:
        over = [e for e in ends if e.is_over(self.subject.on)]
        if not over:
            return None
        relations = [e.relation for e in over if e.relation]
        return self._said("partly_superseded", [e.reason for e in over], over[0].when, relations)

    def _standing(self, term: Term, bounds: Bounds, endings: list[Ending]) -> Status:
        """Nothing has ended it: in force where its own words say so, else unknown."""
        said = _once([r for r in (bounds.start_said, bounds.end_said) if r])
        known = bounds.start or term.issued
        parts = [e.reason for e in endings if e.partial and e.is_over(self.subject.on)]
        nothing = Reason("截至这一天，本库各文件都没有写明废止、停止执行或替代它")
        if said and (known is None or known.last <= self.subject.on):
            return self._said("in_force", [*said, *term.differs, *parts, nothing], bounds.start)
        pro = [_issued(self.subject.name, term), nothing] if term.issued else [nothing]
        if term.planned and self.subject.on <= term.planned.last and term.planned_said:
            pro.append(term.planned_said)
        contra = [Reason(self.subject.silent), *self.subject.partly_over(), *parts, *term.portal]
        if known is not None and self.subject.on < known.last:
            contra.append(Reason(f"成文日期只知为{spoken(known)}，这一天是否已经发文不明"))
        silent = [Reason("没有文字写明它在这一天有效或失效")]
        return Status(
            self.subject.end, self.subject.on, "unknown", tuple(silent), tuple(pro), tuple(contra)
        )

    def _said(
        self,
        state: State,
        reasons: list[Reason],
        since: Interval | None,
        relations: list[Relation] | None = None,
    ) -> Status:
        held = tuple(relations or ())
        return Status(
            self.subject.end, self.subject.on, state, tuple(reasons), since=since, relations=held
        )


def _presumed(ending: Ending) -> bool:
    return ending.state.startswith("presumed_")


def _issued(name: str, term: Term) -> Reason:
    exact = term.issued is not None and term.issued.is_day
    return Reason(f"{name}的成文日期{'为' if exact else '只知为'}{spoken(term.issued)}")


def _once(reasons: list[Reason]) -> list[Reason]:
    """A sentence that says start and end is told once, with what was counted from either."""
    if len(reasons) != 2 or reasons[0].evidence is None:
        return reasons
    start, end = reasons
    if start.evidence != end.evidence:
        return reasons
    counted, until = (r.text.partition("”（")[2].rstrip("）") for r in reasons)
    words = start.text.partition("”（")[0].rstrip("”")
    brackets = "，".join(dict.fromkeys(part for part in (counted, until) if part))
    return [Reason(f"{words}”（{brackets}）" if brackets else start.text, start.evidence)]
