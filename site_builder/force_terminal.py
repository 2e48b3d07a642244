"""Status, timelines, relations, review items and differences as lines for a terminal.

Every claim is followed by the words it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kb.force.days import Interval
from kb.force.diff import Difference, RuleChange
from kb.force.endings import place
from kb.force.graph import Graph
from kb.force.models import INFERRED, NAMES, TEXT, Evidence, Reason, Relation, Stub
from kb.force.region_chain import LEVELS, NATION
from kb.force.review import Item
from kb.force.status import Status
from kb.force.timeline import Step, Timeline

_ASSERTED = {TEXT: "原文", INFERRED: "推定"}
_STEPS = {
    "new": "新增",
    "extends": "延长",
    "refers": "提及，未写数值",
    "supersedes": "替代",
    "restates": "沿用",
    "specialises": "细化",
    "conflicts_with": "冲突，待核定",
}
_CHANGES = {"added": "新增", "removed": "删去", "changed": "修改", "same": "相同"}
_ITEMS = {
    "stale": "核定过期",
    "conflict": "冲突",
    "supersession": "推定替代",
    "ending-citation": "所废止的文件不明",
    "error": "错误",
    "indirect": "所指文件待核",
    "warning": "提醒",
    "citation": "所引文件不明",
    "relation": "推定关系",
    "rule": "规则不全",
}
#: characters of a quote on one line
_LONGEST = 80


def status_lines(found: Status, graph: Graph) -> Iterator[str]:
    """The state, since when, and the chain of reasons."""
    yield f"{place(graph, found.subject)}"
    if found.subject.rule:
        yield f"规则  {found.subject.rule}"
    since = f"（自{_day(found.since)}）" if found.since else ""
    yield f"{found.on}  {found.label}  {found.state}{since}"
    if found.is_presumed:
        yield "只是推定，尚无人核定：policykb review 列出待核定事项。"
    yield from _reasons("理由", found.reasons)
    yield from _reasons("支持有效", found.pro)
    yield from _reasons("不支持有效", found.contra)


def _reasons(title: str, reasons: tuple[Reason, ...]) -> Iterator[str]:
    if reasons:
        yield f"{title}："
    for number, reason in enumerate(reasons, 1):
        yield f"  {number}. {reason.text.rstrip('。')}。"
        if reason.evidence:
            yield f"     {_quote(reason.evidence)}"


def timeline_lines(found: Timeline, graph: Graph) -> Iterator[str]:
    """A measure with its values in the order of time."""
    yield found.measure.name
    for step in found.steps:
        since = _day(step.start)
        until = f" 至 {step.end}" if step.end else ""
        where = f"{graph.name(step.document)} {step.clause}".strip()
        # in the timeline of the nation itself it goes without saying
        above = step.level == LEVELS[1] and found.measure.key.root != NATION
        level = "（国家）" if above else ""
        value = step.value or "（未写数值）"
        yield f"  {since}{until}  {value}  {where}{level}{_verb(step, graph)}"
        yield f"      “{step.quote}”"
        yield from (f"      {_open(*days)}" for days in step.open)
        yield from (f"      {change}" for change in step.changes)


def _open(first: date, last: date | None) -> str:
    until = f"至{last}" if last else "以后"
    return f"{first}{until}  替代它的规定也已终止，是否恢复执行无法判断"


def _verb(step: Step, graph: Graph) -> str:
    if step.relation is None:
        return ""
    presumed = "推定" if step.asserted_by == INFERRED and step.relation == "supersedes" else ""
    found = graph.base.rule(step.target) if step.target else None
    other = f" {graph.name(found[0].document.id)} {found[1].clause}" if found else ""
    return f"  〔{presumed}{_STEPS.get(step.relation, step.relation)}{other}〕"


def relation_lines(relations: Iterable[Relation], document: str, graph: Graph) -> Iterator[str]:
    """Relations as they read from ``document``."""
    for relation in relations:
        outward = relation.source.document == document
        verb = NAMES[relation.type][0 if outward else 1]
        mine, other = relation.source, relation.target
        mine, other = (mine, other) if outward else (other, mine)
        asserted = _ASSERTED.get(relation.asserted_by, relation.asserted_by)
        since = f"，自{_day(relation.when)}起" if relation.when else ""
        own = f"{mine.clause} " if mine.clause else ""
        yield f"{own}{verb} {place(graph, other)}  〔{asserted}{since}〕  {relation.id}"
        if relation.evidence:
            yield f"    {_quote(relation.evidence)}"


def stub_lines(stub: Stub, graph: Graph) -> Iterator[str]:
    """A document that is not here, with who cites it."""
    yield f"{stub.name}  不在库中"
    if stub.title and stub.title not in stub.name:
        yield f"  《{stub.title}》"
    for said in stub.cited_by:
        yield f"  {graph.name(said.document)} {said.clause}".rstrip()
        yield f"    {_quote(said)}"


def review_lines(item: Item) -> Iterator[str]:
    """An item of the review list with what speaks for it."""
    yield f"{item.id}  〔{_ITEMS[item.kind]}〕 {item.what}"
    yield from (f"    {reason}" for reason in item.reasons)
    yield from (f"    {_quote(said)}" for said in item.evidence)


def difference_lines(found: Difference) -> Iterator[str]:
    """What differs, clause by clause and rule by rule."""
    if not found.clauses and not found.rules:
        yield "没有差别"
    for clause in found.clauses:
        moved = " → ".join(dict.fromkeys(path for path in (clause.before, clause.after) if path))
        yield f"条款 {moved}  {_CHANGES[clause.kind]}"
        yield from (f"  - {_short(line)}" for line in [clause.old] if line)
        yield from (f"  + {_short(line)}" for line in [clause.new] if line)
    for rule in found.rules:
        yield from rule_change_lines(rule)


def rule_change_lines(rule: RuleChange) -> Iterator[str]:
    """What differs between two rules, field by field."""
    yield f"规则 {_short(rule.what)}  {_CHANGES[rule.kind]}"
    yield from (f"  {change}" for change in rule.changes)
    yield from (f"  - {rule.before.clause} “{rule.before.quote}”" for _ in [0] if rule.before)
    yield from (f"  + {rule.after.clause} “{rule.after.quote}”" for _ in [0] if rule.after)


def _quote(said: Evidence) -> str:
    where = f"{said.clause} " if said.clause else ""
    return f"{where}“{_short(said.quote)}”"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _day(interval: Interval | None) -> str:
    return str(interval) if interval else "日期不明"
