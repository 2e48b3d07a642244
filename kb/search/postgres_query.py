"""A question as one SQL statement: what holds the words, how many of each kind, the best of them.

Grams narrow the items down by an index and the folded text decides, so a word is found exactly; the
order is that of ``SearchEngine``, worked out where the texts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.search.analyzer import fold, is_whole_gram, needed_grams
from kb.search.engine import KINDS, Query
from kb.search.items import NO_LIMIT, as_fen
from kb.search.postgres_schema import VERSION, as_term
from kb.search.weighing import HEADING_SHARE, K1, USUAL_LENGTH, B, rarity, words_of

#: grams looked up for a word; the rarest leave little for others to take away
_LOOKED_UP = 3
#: PostgreSQL finds an expression of thousands of characters too complex; a pasted page is whole
_LONGEST_PATTERN = 200
#: what may not stand before and after a word that begins or ends so, if it is to be whole
_EDGES = {
    "digit": (r"(?<![0-9])(?<![0-9]\.)", r"(?![0-9]|\.[0-9])"),
    "latin": ("(?<![a-z])", "(?![a-z])"),
    "other": ("", ""),
}
_TIMES = "(octet_length({within}) - octet_length(replace({within}, term, ''))) / octet_length(term)"
# without ::float8 PostgreSQL would reckon with decimals, at ten times the cost
_USUAL = f"({1 - B}::float8 + {B}::float8 * word_count / {USUAL_LENGTH})"
_BM25 = f"rarity * times * {K1 + 1}::float8 / (times + {K1}::float8 * {_USUAL})"
_OF_HEADING = (
    f"{HEADING_SHARE}::float8 * rarity * heads * {K1 + 1}::float8 / (heads + {K1}::float8)"
)
# OFFSET 0 keeps what was counted from being counted anew wherever it is named
_WEIGHT = f"""
LEFT JOIN LATERAL (
    SELECT sum(
        CASE WHEN times > 0 THEN {_BM25} ELSE 0 END
        + CASE WHEN heads > 0 THEN {_OF_HEADING} ELSE 0 END
    ) AS weight
    FROM (
        SELECT rarity, {_TIMES.format(within="words")} AS times,
            {_TIMES.format(within="heading_words")} AS heads
        FROM unnest(%(terms)s::text[], %(rarities)s::float8[]) AS asked (term, rarity)
        OFFSET 0
    ) AS counted
) AS weighed ON true"""
_ANSWER = """
WITH found AS MATERIALIZED (
    SELECT number, id, kind, {classes} AS class, coalesce({weight}, 0) AS weight
    FROM items_{v} AS item {weighing} WHERE {conditions}
), page AS (
    SELECT *, row_number() OVER (ORDER BY {order}) AS place
    FROM found WHERE kind = ANY(%(kinds)s) ORDER BY {order}
    LIMIT %(limit)s OFFSET %(offset)s
)
SELECT counts.of_kind, item.kind, item.id, item.document, item.clause, item.anchor, source.title,
    item.heading, item.shown, page.weight
FROM (
    SELECT json_object_agg(kind, many) AS of_kind
    FROM (SELECT kind, count(*) AS many FROM found GROUP BY kind) AS counted
) AS counts
LEFT JOIN page ON true
LEFT JOIN items_{v} AS item USING (number)
LEFT JOIN documents_{v} AS source ON source.id = item.document
ORDER BY page.place"""
_ORDER = "class, round(weight::numeric, 6) DESC, kind = 'clause', id"


@dataclass(frozen=True, slots=True)
class Known:
    """What the index says of the words of a question.

    ``entries`` are the rows of items and documents, ``holders`` how many items have a gram,
    ``beginning`` the grams that begin with a letter or digit that was typed alone, ``named`` the
    documents that a word names, ``documents`` all that the question names.
    """

    entries: int
    holders: Mapping[str, int]
    beginning: Mapping[str, Sequence[str]]
    named: Mapping[str, frozenset[str]]
    documents: tuple[str, ...]


def grams_asked(words: tuple[str, ...]) -> set[str]:
    """The grams whose ``holders`` an answer needs."""
    return {gram for word in (*words, *words_of(words)) for gram in needed_grams(word)}


def letters_asked(words: tuple[str, ...]) -> list[str]:
    """The words whose ``beginning`` an answer needs."""
    return [word for word in words if not needed_grams(word)]


@dataclass(slots=True)
class Statement:
    """The SQL that answers ``query``, and its parameters as they are met."""

    query: Query
    words: tuple[str, ...]
    known: Known
    parameters: dict[str, object] = field(default_factory=dict)

    def sql(self) -> str:
        """The statement; its rows are the page, each with the counts, one empty row for none."""
        kinds = list(self.query.kinds or KINDS)
        limit, offset = (min(n, NO_LIMIT) for n in (self.query.limit, self.query.offset))
        self.parameters |= {"kinds": kinds, "limit": limit, "offset": offset}
        weighing = self._weighing()
        return _ANSWER.format(
            v=VERSION,
            classes=self._classes(),
            weight="weight" if weighing else "0",
            weighing=weighing,
            conditions=" AND ".join([*self._holding(), *self._passing(), "true"]),
            order=_ORDER,
        )

    def _given(self, value: object, kind: str) -> str:
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"%({name})s::{kind}"

    # ── finding ──

    def _holding(self) -> Iterator[str]:
        for word in self.words:
            held = self._held(word)
            # alone, a number asks who holds it; beside other words it says where to look
            places = self.known.named.get(word) if len(self.words) > 1 else None
            if places:
                held = f"({held} OR document = ANY({self._given(sorted(places), 'text[]')}))"
            yield held

    def _held(self, word: str) -> str:
        needed = sorted(needed_grams(word), key=lambda gram: (self._holders(gram), gram))
        if not needed:
            return f"grams && {self._given(list(self.known.beginning[word]), 'text[]')}"
        has_grams = f"grams @> {self._given(needed[:_LOOKED_UP], 'text[]')}"
        return has_grams if is_whole_gram(word) else f"({has_grams} AND {self._anywhere(word)})"

    def _anywhere(self, word: str) -> str:
        sought = self._given(word, "text")
        return f"(strpos(own, {sought}) > 0 OR strpos(more, {sought}) > 0)"

    def _holders(self, gram: str) -> int:
        return self.known.holders.get(gram, 0)

    # ── narrowing ──

    def _passing(self) -> Iterator[str]:
        yield from self._of_documents()
        if self.query.department is not None:
            yield f"departments @> {self._given([fold(self.query.department)], 'text[]')}"
        if self.query.amount_min is not None:
            yield f"fen_to >= {self._given(as_fen(self.query.amount_min), 'bigint')}"
        if self.query.amount_max is not None:
            yield f"fen_from <= {self._given(as_fen(self.query.amount_max), 'bigint')}"
        elif self.query.amount_min is not None:
            yield f"fen_from <= {self._given(NO_LIMIT, 'bigint')}"

    def _of_documents(self) -> Iterator[str]:
        allowed = []
        if self.query.document is not None:
            yield f"document = {self._given(self.query.document, 'text')}"
        if self.query.region is not None:
            place = re.sub(r"(?:00)+$", "", self.query.region)
            allowed.append(f"starts_with(region, {self._given(place, 'text')})")
        if self.query.year is not None:
            allowed.append(f"year = {self._given(self.query.year, 'numeric')}")
        if allowed:
            where = " AND ".join(allowed)
            yield f"document IN (SELECT id FROM documents_{VERSION} WHERE {where})"

    # ── order ──

    def _weighing(self) -> str:
        words = words_of(self.words)
        self.parameters["terms"] = [as_term(word) for word in words]
        self.parameters["rarities"] = [
            rarity(self._least(word), self.known.entries) for word in words
        ]
        return _WEIGHT if words else ""

    def _least(self, word: str) -> int:
        return min(map(self._holders, needed_grams(word)), default=0)

    def _classes(self) -> str:
        """What goes before all weight, false first: whether the item is no front matter asked for,
        has no phrase, has words in its values alone, has a number only in part.
        """
        if not self.words:
            return "ROW(false)"
        fronts = [f"{document}#front" for document in self.known.documents]
        phrases = [" ".join(self.words), "".join(self.words)] if len(self.words) > 1 else []
        whole = [pattern for word in self.words if (pattern := whole_word(word))]
        parts = (
            f"id <> ALL({self._given(fronts, 'text[]')})",
            f"NOT ({' OR '.join([*map(self._anywhere, phrases), 'false'])})",
            f"NOT ({' OR '.join(map(self._in_own, self.words))})",
            f"NOT ({' AND '.join([*map(self._is_whole, whole), 'true'])})",
        )
        looked_at = f"ROW({', '.join(parts)})"
        if fronts or phrases or whole:
            return looked_at
        # most items: no need to look at the text
        return f"CASE WHEN kind = 'clause' THEN ROW(true, true, false, false) ELSE {looked_at} END"

    def _in_own(self, word: str) -> str:
        return f"strpos(own, {self._given(word, 'text')}) > 0"

    def _is_whole(self, pattern: str) -> str:
        sought = self._given(pattern, "text")
        return f"(own ~ {sought} OR more ~ {sought})"


def whole_word(word: str) -> str | None:
    """What finds ``word`` where it cuts no number or latin word in two; None if it never could."""
    before, after = _EDGES[_script(word[0])][0], _EDGES[_script(word[-1])][1]
    if not (before or after) or len(word) > _LONGEST_PATTERN:
        return None
    return before + re.escape(word) + after


def _script(character: str) -> str:
    if "0" <= character <= "9":
        return "digit"
    return "latin" if "a" <= character <= "z" else "other"
