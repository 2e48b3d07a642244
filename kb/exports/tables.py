"""The rule base as typed tables that refer to each other; CSV and SQLite are made of them.

Columns of a kind of rule are those of its model in ``kb/schema.py``, so that a key added there is
exported; every name is that of docs/rule-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel

from kb.claims.models import Condition
from kb.exports.columns import Cell, Column, Table, as_list, cells_of, columns_of
from kb.exports.content import Content, Told
from kb.exports.models import LeftOut
from kb.force.models import End, Relation
from kb.models import anchor_of
from kb.schema import (
    AmountRule,
    DeadlineRule,
    DepartmentRule,
    GroupRule,
    Record,
    TargetRule,
)
from kb.search.items import own_texts

#: the table of each kind of rule
MODELS: dict[str, type[BaseModel]] = {
    "amounts": AmountRule,
    "deadlines": DeadlineRule,
    "departments": DepartmentRule,
    "targets": TargetRule,
    "groups": GroupRule,
}
_OF_ALL = {"id", "kind", "clause", "quote", "span", "page", "review"}


def tables(content: Content) -> tuple[Table, ...]:
    """All tables, each behind those that it refers to."""
    kinds = (_of_kind(content, name) for name in MODELS)
    return (
        _documents(content),
        _clauses(content),
        rules(content),
        *kinds,
        _tiers(content),
        _states(content),
        _conditions(content),
        _citations(content),
        _relations(content),
        left_out(content.rejected),
    )


def flat_tables(content: Content) -> tuple[Table, ...]:
    """The same for readers that join nothing: a table of each kind of rule repeats what all have.

    So every row tells its document, number, clause, words, place, state and review.
    """
    all_rules = rules(content)
    of_all = {row[0]: row for row in all_rules.rows}
    found = []
    for table in tables(content):
        if table.name in (*MODELS, "amount_tiers"):
            ids = (Column("id"), *all_rules.columns[1:], *table.columns[1:])
            rows = tuple((*of_all[row[0]], *row[1:]) for row in table.rows)
            table = Table(table.name, ids, rows, table.key)
        found.append(table)
    return tuple(found)


def rules(content: Content) -> Table:
    """What every rule has."""
    columns = (
        *(Column("id"), Column("kind"), Column("document", to="documents"), Column("number")),
        *(Column("clause_id", to="clauses"), Column("clause"), Column("quote")),
        *(Column("span_start", "INTEGER"), Column("span_end", "INTEGER")),
        *(Column("page", "INTEGER"), Column("state"), Column("state_label")),
        *(Column("review_status"), Column("review_by"), Column("review_at")),
        Column("review_note"),
    )
    return Table("rules", columns, tuple(map(_rule, content.told)))


def _rule(told: Told) -> tuple[Cell, ...]:
    rule, document, status = told.rule, told.record.document, told.status
    review = rule.review
    return (
        *(rule.id, rule.kind, document.id, document.number),
        *(_clause_id(told.record, rule.clause), rule.clause, rule.quote, *rule.span),
        *(rule.page, status.state, status.label),
        *(review.status, review.by, review.at, review.note),
    )


def _clause_id(record: Record, path: str) -> str:
    return f"{record.document.id}#{anchor_of(record, path)}"


def _documents(content: Content) -> Table:
    columns = (
        *map(Column, ("id", "number", "title", "kind", "issuers", "issued")),
        Column("issued_year", "INTEGER"),
        *map(Column, ("region_code", "region_name", "region_level", "state", "state_label")),
        *map(Column, ("source_path", "source_sha256", "text_sha256")),
    )
    return Table("documents", columns, tuple(_document(content, r) for r in content.records))


def _document(content: Content, record: Record) -> tuple[Cell, ...]:
    told, region = record.document, record.document.region
    place = (region.code, region.name, region.level) if region else (None, None, None)
    status = content.status(End(told.id))
    return (
        *(told.id, told.number, told.title, told.kind, as_list(told.issuers), told.issued),
        *(told.issued_year, *place, status.state, status.label),
        *(told.source.path, told.source.sha256, told.source.text_sha256),
    )


def _clauses(content: Content) -> Table:
    columns = (
        *(Column("id"), Column("document", to="documents"), Column("path")),
        *(Column("level", "INTEGER"), Column("heading")),
        *(Column("span_start", "INTEGER"), Column("span_end", "INTEGER"), Column("text")),
    )
    return Table("clauses", columns, tuple(row for r in content.records for row in _clauses_of(r)))


def _clauses_of(record: Record) -> Iterator[tuple[Cell, ...]]:
    name, (front, *texts) = record.document.id, own_texts(record)
    yield f"{name}#front", name, "", 0, record.document.title, 0, len(record.text), front
    for clause, text in zip(record.clauses, texts, strict=True):
        place = (f"{name}#{clause.anchor}", name, clause.path, clause.level, clause.heading)
        yield (*place, *clause.span, text)


def _of_kind(content: Content, name: str) -> Table:
    model = MODELS[name]
    columns = (Column("rule", to="rules"), *columns_of(model, _OF_ALL))
    rows = tuple(
        (told.rule.id, *cells_of(told.rule, model, _OF_ALL))
        for told in content.told
        if isinstance(told.rule, model)
    )
    return Table(name, columns, rows)


def _tiers(content: Content) -> Table:
    columns = (
        *(Column("rule", to="rules"), Column("step", "INTEGER")),
        *(Column("upto", "NUMERIC"), Column("unit"), Column("rate", "NUMERIC")),
    )
    rows = tuple(
        (told.rule.id, at, tier.upto, tier.unit, tier.rate)
        for told in content.told
        if isinstance(told.rule, AmountRule)
        for at, tier in enumerate(told.rule.tiers or (), 1)
    )
    return Table("amount_tiers", columns, rows, key=2)


def _states(content: Content) -> Table:
    columns = (
        *(Column("rule", to="rules"), Column("step", "INTEGER"), Column("first")),
        *(Column("last"), Column("state"), Column("state_label")),
    )
    rows = tuple(
        (told.rule.id, at, _day(held.first), _day(held.last), held.state, held.label)
        for told in content.told
        for at, held in enumerate(told.states, 1)
    )
    return Table("states", columns, rows, key=2)


def _conditions(content: Content) -> Table:
    columns = (
        *(Column("rule", to="rules"), Column("step", "INTEGER"), Column("id"), Column("asks")),
        *(Column("says"), Column("modelled", "INTEGER"), Column("values"), Column("also")),
        *(Column("low", "NUMERIC"), Column("high", "NUMERIC"), Column("unit")),
        *(Column("open", "INTEGER"), Column("employment_floor", "NUMERIC")),
        *(Column("employment_below", "NUMERIC"), Column("document", to="documents")),
        *(Column("number"), Column("clause"), Column("quote")),
        *(Column("span_start", "INTEGER"), Column("span_end", "INTEGER")),
    )
    rows = (
        (rule, at, *_condition(condition, content))
        for rule, found in content.conditions.items()
        for at, condition in enumerate(found, 1)
    )
    return Table("conditions", columns, tuple(rows), key=2)


def _condition(found: Condition, content: Content) -> tuple[Cell, ...]:
    by, said = found.employment, found.evidence
    record = content.graph.base.by_id.get(said.document)
    return (
        *(found.id, found.asks, found.says, int(found.is_modelled), as_list(found.values)),
        *(as_list(found.also), found.low, found.high, found.unit, int(found.open)),
        *(by.floor if by else None, by.below if by else None),
        *(said.document, record.document.number if record else None, said.clause, said.quote),
        *(said.span or (None, None)),
    )


def _citations(content: Content) -> Table:
    columns = (
        *(Column("document", to="documents"), Column("step", "INTEGER"), Column("clause")),
        *(Column("quote"), Column("span_start", "INTEGER"), Column("span_end", "INTEGER")),
        *map(Column, ("relation", "number", "title", "target_clause", "effective")),
        Column("target", to="documents"),
    )
    rows = (
        (
            *(record.document.id, at, cited.clause, cited.quote, *cited.span, cited.relation),
            *(cited.number, cited.title, cited.target_clause, cited.effective),
            cited.target if cited.target in content.graph.base.by_id else None,
        )
        for record in content.records
        for at, cited in enumerate(record.citations, 1)
    )
    return Table("citations", columns, tuple(rows), key=2)


def _relations(content: Content) -> Table:
    columns = (
        *map(Column, ("id", "type", "source", "target")),
        *(Column("source_document", to="documents"), Column("source_rule", to="rules")),
        *(Column("target_document", to="documents"), Column("target_rule", to="rules")),
        *map(Column, ("first", "last", "asserted_by", "review_status", "document", "clause")),
        *(Column("quote"), Column("span_start", "INTEGER"), Column("span_end", "INTEGER")),
    )
    known = {told.rule.id for told in content.told}
    rows = {
        r.id: _relation(r, known, set(content.graph.base.by_id)) for r in content.graph.relations
    }
    return Table("relations", columns, tuple(rows.values()))


def _relation(found: Relation, rules: set[str], documents: set[str]) -> tuple[Cell, ...]:
    said, ends = found.evidence, []
    for end in (found.source, found.target):
        ends.append(end.document if end.document in documents else None)
        ends.append(end.rule if end.rule in rules else None)
    when = (_day(found.when.first), _day(found.when.last)) if found.when else (None, None)
    words = (said.document, said.clause, said.quote) if said else (None, None, None)
    return (
        *(found.id, found.type, str(found.source), str(found.target), *ends, *when),
        *(found.asserted_by, found.verdict.status, *words),
        *(said.span if said and said.span else (None, None)),
    )


def left_out(found: Iterable[LeftOut]) -> Table:
    """The rules that are not exported, and why."""
    columns = (
        *map(Column, ("rule", "document", "number", "clause", "quote")),
        *(Column("span_start", "INTEGER"), Column("span_end", "INTEGER"), Column("why")),
    )
    rows = ((f.rule, f.document, f.number, f.clause, f.quote, *f.span, f.why) for f in found)
    return Table("left_out", columns, tuple(rows))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
