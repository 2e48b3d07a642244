"""Status, timelines, relations, review items and differences as lines for a terminal.

Every claim is followed by the words it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kb.force.days import Interval, spoken
from kb.force.diff import ClauseChange, Difference, RuleChange
from kb.force.endings import place
from kb.force.graph import Graph
from kb.force.models import INFERRED, NAMES, TEXT, Evidence, Reason, Relation, Stub
from kb.force.region_chain import LEVELS, NATION
from kb.force.review import Item
from kb.force.status import Status
from kb.force.timeline import Step, Timeline
from kb.models import KIND_NAMES
from site_builder.wording.shortened import on_one_line
from site_builder.wording.words import finding_words

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
_ONLY_IN = {**_CHANGES, "added": "只见于后者", "removed": "只见于前者", "changed": "不同"}
_ITEMS = {
    "stale": "核定过期",
    "conflict": "冲突",
    "supersession": "推定替代",
    "ending-citation": "所废止的文件不明",
    "error": "错误",
    "portal": "网页与正文日期不同",
    "indirect": "所指文件待核",
    "warning": "提醒",
    "citation": "所引文件不明",
    "relation": "推定关系",
    "rule": "规则不全",
}
#: characters of a quote on one line
_LONGEST = 80
#: characters shown before the place where two texts begin to differ
_BEFORE = 20


def status_lines(found: Status, graph: Graph) -> Iterator[str]:
    """The state, since when, and the chain of reasons."""
    yield f"{place(graph, found.subject)}"
    if found.subject.rule:
        yield f"规则  {found.subject.rule}"
    until = "最早" if found.state == "not_yet" else ""
    since = f"（{until}自{_day(found.since)}）" if found.since else ""
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
        if reason.evidence and f"“{reason.evidence.quote}”" not in reason.text:
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
    name, colon, message = item.what.partition("：")
    what = f"{name}{colon}{finding_words(item.code, message)}" if item.code else item.what
    yield f"{item.id}  〔{_ITEMS[item.kind]}〕 {what}"
    yield from (f"    {reason}" for reason in item.reasons)
    yield from (f"    {_quote(said)}" for said in item.evidence)


def difference_lines(found: Difference, before: str, after: str) -> Iterator[str]:
    """What differs between the documents called ``before`` and ``after``."""
    yield f"- {before}"
    yield f"+ {after}"
    if not found.clauses and not found.rules:
        yield "没有差别"
    elif found.versions:
        for clause in found.clauses:
            yield from _clause_lines(clause)
        for rule in found.rules:
            yield from rule_change_lines(rule)
    else:
        yield from _side_by_side(found)


def _side_by_side(found: Difference) -> Iterator[str]:
    """Two notices that are no versions of one text: what they share, then the amounts of each."""
    yield "两份文件的条款大多不对应，不是同一文件的前后两版：只列相近的条款、同一事项和各自的金额。"
    for clause in found.clauses:
        if clause.kind == "changed":
            yield from _clause_lines(clause)
    shown = [r for r in found.rules if r.kind == "changed" or _is_amount(r)]
    for rule in shown:
        yield from rule_change_lines(rule, _ONLY_IN)
    for kind, side in (("removed", "前者"), ("added", "后者")):
        clauses = sum(c.kind == kind for c in found.clauses)
        rules = sum(r.kind == kind and not _is_amount(r) for r in found.rules)
        yield f"只见于{side}的还有：条款{clauses}条，金额以外的规则{rules}条"


def _is_amount(rule: RuleChange) -> bool:
    either = rule.before or rule.after
    return either is not None and either.kind == "amount"


def _clause_lines(clause: ClauseChange) -> Iterator[str]:
    moved = " → ".join(dict.fromkeys(path for path in (clause.before, clause.after) if path))
    yield f"条款 {moved}  {_CHANGES[clause.kind]}"
    old, new = (
        around_difference(clause.old, clause.new)
        if clause.old and clause.new
        else (
            _short(clause.old),
            _short(clause.new),
        )
    )
    yield from (f"  - {line}" for line in [old] if line)
    yield from (f"  + {line}" for line in [new] if line)


def rule_change_lines(rule: RuleChange, names: Mapping[str, str] | None = None) -> Iterator[str]:
    """What differs between two rules, field by field."""
    either = rule.after or rule.before
    kind = KIND_NAMES[either.kind] if either else ""
    yield f"{kind} {_short(rule.what)}  {(names or _CHANGES)[rule.kind]}"
    yield from (f"  {change}" for change in rule.changes)
    yield from (f"  - {rule.before.clause} “{rule.before.quote}”" for _ in [0] if rule.before)
    yield from (f"  + {rule.after.clause} “{rule.after.quote}”" for _ in [0] if rule.after)


def around_difference(old: str, new: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they begin to differ."""
    old, new = " ".join(old.split()), " ".join(new.split())
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    start = max(0, at - _BEFORE) if max(len(old), len(new)) > _LONGEST else 0
    lead = "…" if start else ""
    return _short(lead + old[start:]), _short(lead + new[start:])


def _quote(said: Evidence) -> str:
    where = f"{said.clause} " if said.clause else ""
    return f"{where}“{_short(said.quote)}”"


def _short(words: str) -> str:
    return on_one_line(words, _LONGEST)


def _day(interval: Interval | None) -> str:
    if interval is None:
        return "日期不明"
    return str(interval) if interval.is_day else f"{spoken(interval)}的某一天"
