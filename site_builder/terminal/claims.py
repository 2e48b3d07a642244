"""Answers and calculations as lines for a terminal.

Every answer is followed by the clause that decided, every number by its quote or its input.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.claims.applicability import Answers, Offer
from kb.claims.calculation import Calculation
from kb.claims.models import Judgement
from kb.claims.relative import GRANTED
from kb.claims.roster import Line, said_sum, sums
from kb.claims.trace import Entry
from kb.force.models import Evidence
from kb.quantity_words import number
from site_builder.wording.shortened import on_one_line

#: characters of a quote on one line
_LONGEST = 60
_BOUNDS = {
    "ceiling": "最高不超过",
    "floor": "不低于",
    "budget": "预算",
    "threshold": "门槛",
}


def calculation_lines(found: Calculation) -> Iterator[str]:
    """The result, how it comes about, and what is to be said of it."""
    yield f"{found.means}  {result(found)}"
    yield f"规则  {found.rule}"
    yield from (f"注  {note}" for note in found.notes)
    yield "计算过程"
    for at, entry in enumerate(found.trace):
        yield f"  [{at}] {entry.says} = {number(entry.value)}{entry.unit}"
        yield f"      {_rests_on(entry)}"


def result(found: Calculation) -> str:
    """51000 元; 最高不超过 400000 元; 100 至 300 元."""
    unit = "元" if found.currency == "CNY" else found.currency
    if found.bound == "range" and found.low is not None and found.high is not None:
        return f"{number(found.low)} 至 {number(found.high)} {unit}"
    value = found.low if found.bound == "floor" else found.high
    words = _BOUNDS.get(found.bound, "")
    return f"{words} {number(value)} {unit}".strip() if value is not None else "没有数额"


def _rests_on(entry: Entry) -> str:
    told = []
    if entry.given:
        told.append(f"输入 {entry.given.option}")
    if entry.of:
        told.append("由 " + " ".join(f"[{at}]" for at in entry.of))
    if entry.quote:
        told.append(_quoted(entry.quote))
    return "，".join(told)


def _quoted(evidence: Evidence) -> str:
    words = on_one_line(evidence.quote, _LONGEST)
    return f"{evidence.document} {evidence.clause or '正文'}：“{words}”"


def answer_lines(found: Answers) -> Iterator[str]:
    """The offers, those that hold first; what does not fit on a line each; what is left out."""
    who = found.profile.name or found.profile.kind
    counts = dict.fromkeys(("符合", "需人工判断", "不符合"), 0)
    for offer in found.offers:
        counts[offer.answer] += 1
    told = " · ".join(f"{answer} {many}" for answer, many in counts.items())
    yield f"{who}  {found.on}  {told}"
    if unknown := "、".join(found.unknown_decisions):
        yield f"没有这些待定条件，核定未使用：{unknown}"
    for offer in found.offers:
        yield ""
        yield from _offer(offer, "")
    if found.left_out:
        yield ""
        yield "未列入"
        for left in found.left_out:
            after = f"，见 {'、'.join(left.successors)}" if left.successors else ""
            yield f"  {left.rule.id}  {left.why}{after}"


def _offer(offer: Offer, indent: str) -> Iterator[str]:
    rule = offer.rule
    marked = "（推定替代在先规定）" if offer.is_presumed else ""
    name = " · ".join(part for part in (rule.item, rule.category) if part)
    yield f"{indent}[{offer.answer}] {name}  {offer.formula}{marked}"
    number_ = offer.record.document.number or offer.record.document.id
    yield f"{indent}  {number_} {rule.clause}  {rule.id}"
    decided = offer.deciding
    because = f"{decided.because}  " if decided else ""
    yield f"{indent}  依据  {because}{_quoted(offer.decided_by)}"
    if offer.answer != "不符合":
        yield from (f"{indent}  {line}" for line in _details(offer))
    for earlier in offer.beneath:
        yield f"{indent}  在先规定，推定已被替代："
        yield from _offer(earlier, f"{indent}    ")


def _details(offer: Offer) -> Iterator[str]:
    if offer.sum:
        means = "金额" if offer.sum.means == GRANTED else offer.sum.means
        yield f"{means}  {result(offer.sum)}"
        yield from (f"注    {note}" for note in offer.sum.notes)
    elif offer.missing:
        asked = "、".join(f"{n.called}（{n.name}）" for n in offer.missing)
        yield f"金额  按 {offer.formula} 计算，还需要：{asked}"
    if relative := offer.relative:
        which = f"  {relative.rule}" if relative.rule else ""
        yield f"关系  {relative.says}{which}  {_quoted(relative.evidence)}"
    open_ = [j for j in offer.judgements if j.holds is None]
    yield from (_open(judgement) for judgement in open_)
    yield f"效力  {offer.status.label}  {offer.judgements[0].because}"
    guidance = offer.guidance
    yield from (f"期限  “{deadline.quote}”" for deadline in guidance.deadlines)
    if guidance.payer:
        yield f"资金  {guidance.payer.name}  {_quoted(guidance.payer.evidence)}"
    yield from (f"申领  {_quoted(evidence)}" for evidence in guidance.apply_to)
    if guidance.departments:
        yield f"部门  {'、'.join(d.canonical or d.name for d in guidance.departments)}"
    for contact in guidance.contacts:
        known = (contact.department, contact.name, contact.phone, contact.email)
        yield f"联系  {' '.join(part for part in known if part)}"
    yield from (f"叠加  {_quoted(evidence)}" for evidence in offer.stacking)
    if offer.instead:
        yield f"叠加  与 {offer.instead} 不重复享受，取较高的一项"
    yield from (f"冲突  与 {other} 不一致，待核定" for other in offer.conflicts)
    if offer.coverage is not None:
        yield f"覆盖  {number(offer.coverage * 100)}% 的条件可由程序判断"


def _open(judgement: Judgement) -> str:
    condition = judgement.condition
    key = f"（{judgement.missing}）" if judgement.missing else ""
    return f"待定  {judgement.because}{key}  {condition.id}  {_quoted(condition.evidence)}"


def roster_lines(answered: Iterable[tuple[Line, Answers]], ignored: Iterable[str]) -> Iterator[str]:
    """Line by line what holds and what may; then the sums."""
    lines = list(answered)
    for line, told in lines:
        offers = [offer for offer in told.offers if offer.answer != "不符合"]
        yield f"{line.number}  {line.name or ''}".rstrip() + ("" if offers else "  没有符合的事项")
        for offer in offers:
            amount = result(offer.sum) if offer.sum else offer.formula
            decided = offer.deciding
            because = f"  {decided.because}" if decided else ""
            yield f"  [{offer.answer}] {offer.rule.item or ''}  {amount}  {offer.rule.id}{because}"
    for rule, (many, total) in sums(lines).items():
        yield f"合计  {rule}  {said_sum(many, total)}"
    if left := "、".join(ignored):
        yield f"未使用的列  {left}"
