"""Reads the relations that texts state themselves: 同时废止, 以本通知为准, 由100万元提高到130万元.

Direction and scope are those of the words; a clause that is named by its number is found in the
document it belongs to, if that is here and has only one such clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.numerals import to_int
from kb.force.days import Interval, read
from kb.force.models import STATED, TEXT, End, Evidence, Relation, Scope, named
from kb.force.resolution import Resolution, key_of
from kb.force.sentences import evidence_of, sentence
from kb.force.terms import Term, governs_document, prolongs_another
from kb.quantity_words import yuan
from kb.schema import AmountRule, CitationRecord, Record, ValidityStatement

#: what an unnamed citation points at
UNNAMED = "（此前规定）"
# （2011年12月15日…令第61号公布，根据…《…决定》第一次修订）
_REVISED_BY = re.compile(r"^[》）)]?(?:第[一二三四五六七八九十\d]+次)?(?:修订|修正|修改)")
_PROMULGATED_BY = re.compile(r"^[》）)]?(?:公布|发布|颁布)")
_DAY_BEFORE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日[^，,；。（(]{0,12}$")
#: 第八条至第十条 is spelled out; nobody prints a range of more
_MOST = 50
_BELOW = re.compile(r"条(?:之[一二三四五六七八九十]+)?(第.+|[（(].+)$")
_ORDINAL = re.compile(r"[第（(]([一二三四五六七八九十百\d]+)[条）)]?")


def explicit(record: Record, resolution: Resolution, term: Term) -> Iterator[Relation]:
    """The relations that the text of ``record`` states, in its order."""
    yielded = set()
    for citation in record.citations:
        for relation in _stated(record, citation, resolution, term):
            if relation.id not in yielded:
                yielded.add(relation.id)
                yield relation
    for statement in record.validity.statements:
        if (
            statement.effective_to
            and "延" in statement.quote
            and not governs_document(statement)
            and not prolongs_another(record, statement)
        ):
            yield _prolonged(record, statement, term)
    for rule in record.rules:
        if isinstance(rule, AmountRule) and rule.former is not None:
            yield _raised(record, rule, term)


def _stated(
    record: Record, citation: CitationRecord, resolution: Resolution, term: Term
) -> Iterator[Relation]:
    document = record.document.id
    evidence = evidence_of(record, citation)
    when = read(citation.effective) or term.effective
    if citation.unnamed:
        source = End(document, citation.clause or None)
        yield _relation(citation.relation, source, End(UNNAMED), "whole", when, evidence)
        return
    found = resolution.found.get(key_of(record, citation))
    if found is None or found.candidates:
        return
    other = found.target or resolution.name_of(record, citation)
    after = record.text[citation.span[1] : citation.span[1] + 20]
    if not citation.clause and (said := _of_another(after)):
        past = _dated(record.text[: citation.span[0]])
        yield _relation(said, End(other), End(document), "whole", past, evidence)
        return
    source = End(document, citation.clause or None)
    for relation in _cited(citation, source, other, resolution, when, evidence):
        reasons = (STATED, f"所指文件的认定：{found.how}") if found.is_indirect else (STATED,)
        yield replace(relation, reasons=reasons)


def _cited(
    citation: CitationRecord,
    source: End,
    other: str,
    resolution: Resolution,
    when: Interval | None,
    evidence: Evidence,
) -> Iterator[Relation]:
    # what the text says of itself further on is no relation
    if other == source.document and source.clause:
        return
    type_ = citation.relation
    if other == source.document:
        type_ = _carrying(resolution.base.by_id[other])
    scope: Scope = (
        "clause" if citation.target_clause or citation.relation == "repeals_part" else "whole"
    )
    for clause in _each(citation.target_clause):
        target = End(other, _clause_of(resolution, other, clause) if clause else None)
        yield _relation(type_, source, target, scope, when, evidence)


def _each(printed: str | None) -> list[str | None]:
    """第八条、第九条 one by one, 第八条至第十条 with what lies between; the rest as printed."""
    if printed is None or not printed.startswith("第"):
        return [printed]
    found: list[str | None] = []
    for part in re.split(r"[、，和及]", printed):
        first, _, last = part.partition("至")
        begin, end = _ordinal(first), _ordinal(last)
        found += [first if first.startswith("第") else f"第{first}"]
        if last and begin and end and 0 < end - begin < _MOST:
            found += [f"第{number}条" for number in range(begin + 1, end)] + [last]
    return found


def _carrying(record: Record) -> str:
    """What a notice does to the text it carries."""
    title = record.document.title or record.text[:200]
    return "forwards" if re.search("转发|批转", title) else "issues"


def _of_another(after: str) -> str | None:
    """What another document does to this one, from the words behind its name."""
    if _REVISED_BY.match(after):
        return "amends"
    return "issues" if _PROMULGATED_BY.match(after) else None


def _dated(before: str) -> Interval | None:
    """根据2015年9月30日…令第132号: the day that stands before the name."""
    match = _DAY_BEFORE.search(before)
    return read("{:0>4}-{:0>2}-{:0>2}".format(*match.groups())) if match else None


def _relation(
    type_: str, source: End, target: End, scope: Scope, when: Interval | None, evidence: Evidence
) -> Relation:
    return Relation(
        id=named("rel", type_, source.document, str(target), evidence.quote),
        type=type_,
        source=source,
        target=target,
        scope=scope,
        when=when,
        asserted_by=TEXT,
        reasons=(STATED,),
        evidence=evidence,
    )


def _clause_of(resolution: Resolution, document: str, printed: str) -> str:
    """The path of the clause that is printed as 第八条; as printed where it is not found.

    第三条第二款 is a part of 第三条, which does not end with it.
    """
    record = resolution.base.by_id.get(document)
    wanted = _ordinal(printed)
    if record is None or wanted is None:
        return printed
    named = [c.path for c in record.clauses if c.path.split("/")[-1].startswith("第")]
    pool = named or [c.path for c in record.clauses if "附件" not in c.path]
    fits = [path for path in pool if _ordinal(path.split("/")[-1]) == wanted]
    if len(fits) != 1:
        return printed
    below = _BELOW.search(printed)
    return f"{fits[0]}/{below[1]}" if below else fits[0]


def _ordinal(label: str) -> int | None:
    match = _ORDINAL.match(label) or re.fullmatch(r"([一二三四五六七八九十百\d]+)", label)
    return to_int(match[1]) if match else None


def _prolonged(record: Record, statement: ValidityStatement, term: Term) -> Relation:
    """以工代训政策实施期限延至2021年12月底 prolongs a policy, wherever it was set out."""
    said = Evidence(record.document.id, statement.clause, statement.quote, statement.span)
    source = End(record.document.id, statement.clause or None)
    return _relation("extends", source, End(UNNAMED), "clause", term.effective, said)


def _raised(record: Record, rule: AmountRule, term: Term) -> Relation:
    """由100万元提高到130万元 changes a value that stood before, wherever it was said."""
    start, end = sentence(record.text, rule.span)
    evidence = Evidence(record.document.id, rule.clause, record.text[start:end], (start, end))
    former = rule.former.max if rule.former and rule.former.max is not None else None
    former = rule.former.min if former is None and rule.former else former
    earlier = f"（原标准{yuan(former)}）" if former is not None else UNNAMED
    when: Interval | None = read(rule.from_) or term.effective
    return Relation(
        id=named("rel", "amends", record.document.id, earlier, rule.quote),
        type="amends",
        source=End(record.document.id, rule.clause or None, rule.id),
        target=End(earlier),
        scope="value",
        when=when,
        asserted_by=TEXT,
        reasons=("原文写明由原值改为新值",),
        evidence=evidence,
    )
