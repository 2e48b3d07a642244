"""What can be found in a record: its clauses in their own words, its front matter, its rules.

Every character of the record's text stands in exactly one clause or the front matter, so nothing
printed is out of reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from kb.models import anchor_of, clause_of
from kb.schema import AmountRule, ClauseRecord, Record, Rule
from kb.search.analyzer import fold
from kb.search.document_numbers import respelled

#: the fields of a rule whose words are searched beside its quote
VALUE_WORDS = {
    "amount": ("item", "category", "payee", "group", "payer", "of", "stacking", "conditions"),
    "deadline": ("action", "actor", "after", "freq"),
    "department": ("name", "canonical", "duty"),
    "target": ("metric", "subject"),
    "group": ("name",),
}
#: fen that an amount without an upper bound reaches: the most a signed 64-bit column holds
NO_LIMIT = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Item:
    """A clause or rule as the index takes it.

    The first ``quoted`` characters of ``text`` are the document's own; behind them, each on its
    line, stand words that find the item but are not shown. ``fen`` is what an amount may be, from
    and to; None for all else.
    """

    id: str
    kind: str
    document: str
    clause: str
    anchor: str
    heading: str
    text: str
    quoted: int
    departments: tuple[str, ...] = ()
    fen: tuple[int, int] | None = None


def items_of(record: Record) -> Iterator[Item]:
    """What can be found in ``record``: front matter, clauses, and the rules nobody has rejected."""
    rules = [rule for rule in record.rules if rule.review.status != "rejected"]
    yield from _clauses(record, rules)
    for rule in rules:
        yield _rule(record, rule, rules)


def _clauses(record: Record, rules: list[Rule]) -> Iterator[Item]:
    front, *owns = own_texts(record)
    yield _clause(record, None, front, _names(record), rules)
    for clause, own in zip(record.clauses, owns, strict=True):
        yield _clause(record, clause, own, [], rules)


def _names(record: Record) -> list[str]:
    document = record.document
    titles = (document.title, document.enclosed and document.enclosed.title)
    # in the marks that a citation puts around them, so that they are found with and without
    return [document.number or "", *(f"《{title}》" for title in titles if title)]


def _clause(
    record: Record, clause: ClauseRecord | None, own: str, more: list[str], rules: list[Rule]
) -> Item:
    path, anchor = (clause.path, clause.anchor) if clause else ("", "front")
    return Item(
        id=f"{record.document.id}#{anchor}",
        kind="clause",
        document=record.document.id,
        clause=path,
        anchor=anchor,
        heading=clause.heading if clause else record.document.title or "",
        text=_with_words(own, more),
        quoted=len(own),
        departments=_departments(path, rules),
    )


def _rule(record: Record, rule: Rule, rules: list[Rule]) -> Item:
    clause = clause_of(record, rule.clause)
    return Item(
        id=rule.id,
        kind=rule.kind,
        document=record.document.id,
        clause=rule.clause,
        anchor=anchor_of(record, rule.clause),
        heading=clause.heading if clause else record.document.title or "",
        text=_with_words(rule.quote, value_words(rule)),
        quoted=len(rule.quote),
        departments=_own_departments(rule) or _departments(rule.clause, rules),
        fen=fen_of(rule) if isinstance(rule, AmountRule) else None,
    )


def own_texts(record: Record) -> list[str]:
    """The text of the front matter and of each clause, without the clauses inside, in their order.

    A closing paragraph behind the last inner clause belongs to the outer one, on a line of its own.
    """
    order = sorted(
        range(len(record.clauses)),
        key=lambda i: (record.clauses[i].span[0], -record.clauses[i].span[1]),
    )
    spans = [(0, len(record.text)), *(record.clauses[i].span for i in order)]
    texts = [""] * len(spans)
    for place, text in zip(
        (0, *(i + 1 for i in order)), _without_inner(record.text, spans), strict=True
    ):
        texts[place] = text
    return texts


def _without_inner(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    # spans are sorted: those that follow and begin before this one ends are inside it
    for i, (start, end) in enumerate(spans):
        pieces, at = [], start
        for inner_start, inner_end in spans[i + 1 :]:
            if inner_start >= end:
                break
            if inner_start >= at:
                pieces.append(text[at:inner_start])
            at = max(at, inner_end)
        pieces.append(text[at:end])
        yield "\n".join(piece.strip() for piece in pieces if piece.strip())


def value_words(rule: Rule) -> list[str]:
    """The words of the rule's values, as the record gives them."""
    values = (getattr(rule, name) for name in VALUE_WORDS[rule.kind])
    return [word for value in values for word in _each(value) if word]


def _each(value: str | tuple[str, ...] | None) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value or ()


def _with_words(own: str, more: list[str]) -> str:
    folded = fold(own)
    more = [word for word in more if word and fold(word) not in folded]
    numbers = respelled("\n".join([folded, *map(fold, more)]))
    return "\n".join([own, *dict.fromkeys([*more, *numbers])])


def _departments(path: str, rules: list[Rule]) -> tuple[str, ...]:
    here = (rule for rule in rules if rule.clause == path and rule.kind == "department")
    return tuple(dict.fromkeys(name for rule in here for name in _own_departments(rule)))


def _own_departments(rule: Rule) -> tuple[str, ...]:
    if rule.kind == "department":
        return tuple(name for name in (rule.name, rule.canonical) if name)
    return (rule.actor,) if rule.kind == "deadline" and rule.actor else ()


def fen_of(rule: AmountRule) -> tuple[int, int] | None:
    """From and to how many fen the amount may be; None for a share, and for other money than yuan.

    A stepped rate reaches from its lowest step to its highest; a ceiling that stands alone begins
    at nothing.
    """
    if rule.currency not in (None, "CNY"):
        return None
    if rule.min is not None or rule.max is not None:
        return _bounded(rule)
    if rule.tiers:
        rates = [tier.rate for tier in rule.tiers]
        return as_fen(min(rates), ROUND_FLOOR), as_fen(max(rates), ROUND_CEILING)
    return (0, as_fen(rule.cap.max, ROUND_CEILING)) if rule.cap else None


def _bounded(rule: AmountRule) -> tuple[int, int]:
    low = 0 if rule.min is None else as_fen(rule.min, ROUND_FLOOR)
    high = NO_LIMIT if rule.max is None else as_fen(rule.max, ROUND_CEILING)
    if rule.exclusive and rule.max is None:
        return low + 1, high
    if rule.exclusive and rule.min is None:
        return low, max(low, high - 1)
    return low, high


def as_fen(yuan: Decimal | int, rounding: str = ROUND_FLOOR) -> int:
    """``yuan`` in whole fen, between nothing and what the column holds."""
    fen = (Decimal(str(yuan)) * 100).to_integral_value(rounding)
    return min(max(int(fen), 0), NO_LIMIT)
