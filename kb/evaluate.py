"""Measures records against facts that people have read from the same documents.

A fact is met by one with the same clause and the same normalised value; its other attributes are
counted on the facts that are met. Facts marked optional count neither for nor against.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.same_fact import KINDS, Fact, Key, Kind, fold

_PAGE_NUMBER = re.compile(r"\s*[—–-]\s*\d+\s*[—–-]\s*")
_MARKS = re.compile(r"[#*]")


# meeting facts with facts


@dataclass(frozen=True, slots=True)
class Meeting:
    """Which facts of one kind and document have met."""

    met: tuple[tuple[Fact, Fact], ...]
    missed: tuple[Fact, ...]
    extra: tuple[Fact, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many met, were missed, are extra."""
        return len(self.met), len(self.missed), len(self.extra)


def is_optional(fact: Fact) -> bool:
    """Whether it counts neither way: so marked, a border case, or no fact in the strict sense."""
    note = fact.get("note") or ""
    noted = note.startswith("borderline") or "time limit of a target" in note
    return bool(fact.get("optional")) or noted or fact.get("role") == "threshold"


def meet(kind: Kind, gold: Iterable[Fact], found: Iterable[Fact]) -> Meeting:
    """Each found fact meets one gold fact at most, and required ones before optional ones."""
    wanted: dict[Key, list[Fact]] = defaultdict(list)
    offered: dict[Key, list[Fact]] = defaultdict(list)
    for fact in gold:
        wanted[kind.key(fact)].append(fact)
    for fact in found:
        offered[kind.key(fact)].append(fact)
    met: list[tuple[Fact, Fact]] = []
    missed: list[Fact] = []
    extra: list[Fact] = []
    for key in dict.fromkeys((*wanted, *offered)):
        pool = offered[key]
        for fact in sorted(wanted[key], key=is_optional):
            best = _best(kind, fact, pool)
            if best is not None:
                pool.pop(best[0])
            if is_optional(fact):
                continue
            if best is None:
                missed.append(fact)
            else:
                met.append((fact, best[1]))
        extra.extend(pool)
    return Meeting(tuple(met), tuple(missed), tuple(extra))


def _best(kind: Kind, gold: Fact, pool: Sequence[Fact]) -> tuple[int, Fact] | None:
    able = [(at, fact) for at, fact in enumerate(pool) if kind.comparable(gold, fact)]
    return max(able, key=lambda pair: kind.agreeing(gold, pair[1]), default=None)


# one document


@dataclass(frozen=True, slots=True)
class Sample:
    """A document to be measured: its gold facts, its plain record (empty if there is none)
    and its source as plain text, None where the source is no plain text."""

    name: str
    gold: tuple[Fact, ...]
    record: Mapping[str, Any]
    source: str | None = None


def _facts(record: Mapping[str, Any], kind: Kind) -> list[Fact]:
    if kind.name == "clause":
        return [{**c, "label": c.get("path")} for c in record.get("clauses", ())]
    if kind.name == "cite":
        return list(record.get("citations", ()))
    if kind.name == "validity":
        statements = record.get("validity", {}).get("statements", ())
        return [statement for statement in statements if kind.key(statement)]
    return [rule for rule in record.get("rules", ()) if rule.get("kind") == kind.name]


#: facts about the annotation, or about what no notice prints
_NOT_COMPARED = (
    "annotated_until",
    "annotated_kinds",
    "status",
    "published",
    "unified_number",
    "annex_tables",
)


def _meta(sample: Sample) -> Iterator[tuple[str, Any, Any, bool]]:
    """Every element of the document: field, gold value, value found, whether they agree."""
    document = sample.record.get("document", {})
    for fact in sample.gold:
        if fact["kind"] != "meta" or fact["field"] in _NOT_COMPARED or is_optional(fact):
            continue
        name = fact["field"]
        found = _titles(name, document.get("copied_to" if name == "cc" else name))
        gold, other = _words(fact["value"]), _words(found)
        agrees = gold == other or "".join(gold) == "".join(other)
        yield name, fact["value"], found, bool(sample.record) and agrees


def _titles(name: str, found: Any) -> Any:
    if name == "enclosed" and isinstance(found, dict):
        return found.get("title")
    if name == "attachments" and found and isinstance(found[0], dict):
        return [attachment.get("title") for attachment in found]
    return found


def _words(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return sorted(fold(word).strip("《》") for word in values)


def _noise(sample: Sample) -> tuple[int, int]:
    """How many foreign passages a finding reports, and how many there are."""
    reported = [fold(finding.get("quote")) for finding in sample.record.get("findings", ())]
    passages = [f["quote"] for f in sample.gold if f["kind"] == "noise" and not is_optional(f)]
    return sum(_reports(reported, fold(passage)) for passage in passages), len(passages)


def _reports(reported: Iterable[str], passage: str) -> bool:
    return any(
        len(quote) >= min(6, len(passage)) and (passage[:12] in quote or quote[:12] in passage)
        for quote in reported
    )


def _bad_quotes(sample: Sample) -> Iterator[tuple[Any, Any, str]]:
    """Quotes that do not stand at their span, or not in the source."""
    record = sample.record
    text, source = record.get("text") or "", _without_marks(sample.source)
    statements = record.get("validity", {}).get("statements", [])
    for item in (*record.get("rules", ()), *record.get("citations", ()), *statements):
        quote, span = item.get("quote"), item.get("span")
        name = item.get("id") or item.get("clause")
        if not quote or not span or text[span[0] : span[1]] != quote:
            yield name, quote, "not at its span"
        elif source is not None and _MARKS.sub("", fold(quote)) not in source:
            yield name, quote, "not in the source"


def _without_marks(source: str | None) -> str | None:
    if source is None:
        return None
    # a page number or a markdown mark may stand between the two halves of a quote
    lines = (line for line in source.splitlines() if not _PAGE_NUMBER.fullmatch(line))
    return _MARKS.sub("", fold("".join(lines)))


# all documents


@dataclass(slots=True)
class _Tally:
    """What has been counted of one kind."""

    met: int = 0
    missed: int = 0
    extra: int = 0
    by_document: list[float] = field(default_factory=list)
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, meeting: Meeting) -> None:
        met, missed, extra = meeting.counts
        self.met, self.missed, self.extra = self.met + met, self.missed + missed, self.extra + extra
        if met or missed or extra:
            self.by_document.append(_f1(met, missed, extra))

    def add_attribute(self, name: str, agrees: bool) -> None:
        right, asked = self.attributes.get(name, (0, 0))
        self.attributes[name] = right + agrees, asked + 1

    @property
    def macro(self) -> float:
        return sum(self.by_document) / len(self.by_document) if self.by_document else 0.0


def _f1(met: int, missed: int, extra: int) -> float:
    return 2 * met / (2 * met + missed + extra) if met else 0.0


@dataclass(slots=True)
class Evaluation:
    """The figures of all samples; ``details`` are the mistakes that were asked for, a line each."""

    tallies: dict[str, _Tally] = field(default_factory=lambda: {k.name: _Tally() for k in KINDS})
    meta: tuple[int, int] = (0, 0)
    noise: tuple[int, int] = (0, 0)
    quotes: int = 0
    missing: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether every document was there and every quote stands."""
        return not self.missing and not self.quotes

    def figures(self) -> dict[str, Any]:
        """The figures by name: amount, amount.macro, amount.per, meta, quotes ..."""
        result: dict[str, Any] = {}
        for name, tally in self.tallies.items():
            result[name] = round(_f1(tally.met, tally.missed, tally.extra), 4)
            result[f"{name}.macro"] = round(tally.macro, 4)
            for attribute, (right, asked) in _in_order(name, tally):
                result[f"{name}.{attribute}"] = round(right / asked, 4)
        result["meta"] = round(self.meta[0] / self.meta[1], 4) if self.meta[1] else 0
        result["noise"] = round(self.noise[0] / self.noise[1], 4) if self.noise[1] else 1
        return {**result, "quotes": self.quotes, "missing": self.missing}

    def report(self) -> str:
        """The figures as a table."""
        head = "".join(f"{title:>7}" for title in ("found", "P", "R", "F1", "macro"))
        lines = [f"{'kind':11}{'gold':>6}{head}   attributes right on matched facts"]
        lines += [_line(name, tally) for name, tally in self.tallies.items()]
        lines.append(
            f"meta fields right {self.meta[0]}/{self.meta[1]}   noise passages reported "
            f"{self.noise[0]}/{self.noise[1]}   quotes that do not stand {self.quotes}"
        )
        if self.missing:
            lines.append(f"no prediction for: {', '.join(self.missing)}")
        return "\n".join(lines)


def _in_order(name: str, tally: _Tally) -> list[tuple[str, tuple[int, int]]]:
    kind = next(kind for kind in KINDS if kind.name == name)
    return [(a, tally.attributes[a]) for a in kind.attributes if a in tally.attributes]


def _line(name: str, tally: _Tally) -> str:
    gold, found = tally.met + tally.missed, tally.met + tally.extra
    shares = (
        tally.met / found if tally.met else 0,
        tally.met / gold if tally.met else 0,
        _f1(tally.met, tally.missed, tally.extra),
        tally.macro,
    )
    numbers = f"{gold:6}{found:7}" + "".join(f"{share:7.3f}" for share in shares)
    right = "  ".join(f"{a} {r}/{n}" for a, (r, n) in _in_order(name, tally) if a != "name")
    return f"{name:11}{numbers}   {right}"


def evaluate(samples: Iterable[Sample], *, show: frozenset[str] = frozenset()) -> Evaluation:
    """The figures of ``samples``; ``show`` names what to list mistakes of: a kind, kind.attribute,
    meta, quote or all."""
    result = Evaluation()
    for sample in samples:
        if not sample.record:
            result.missing.append(sample.name)
        for kind in _annotated(sample):
            _count(result, sample, kind, show)
        _count_rest(result, sample, show)
    return result


def _annotated(sample: Sample) -> list[Kind]:
    named = (f["value"] for f in sample.gold if f.get("field") == "annotated_kinds")
    annotated = next(named, None)
    return [kind for kind in KINDS if annotated is None or kind.name in annotated]


def _count(result: Evaluation, sample: Sample, kind: Kind, show: frozenset[str]) -> None:
    gold = [fact for fact in sample.gold if fact["kind"] == kind.name and kind.key(fact)]
    meeting = meet(kind, gold, _facts(sample.record, kind))
    tally = result.tallies[kind.name]
    tally.add(meeting)
    for name, agrees in kind.attributes.items():
        for wanted, found in meeting.met:
            value, other = kind.value(name, wanted), kind.value(name, found)
            if value in (None, "", [], ()):
                continue
            tally.add_attribute(name, agrees(value, other))
            if f"{kind.name}.{name}" in show and not agrees(value, other):
                at = wanted.get("quote", "")[:40]
                wrong = f"{kind.name}.{name} {value!r} got {other!r} at {at}"
                result.details.append(f"{sample.name} {wrong}")
    if {kind.name, "all"} & show:
        result.details += _mistakes(sample, kind, meeting)


def _mistakes(sample: Sample, kind: Kind, meeting: Meeting) -> Iterator[str]:
    for word, facts in (("MISSED", meeting.missed), ("EXTRA ", meeting.extra)):
        for fact in facts:
            quote = str(fact.get("quote") or fact.get("heading") or "")[:60]
            yield f"{sample.name} {word} {kind.name} {kind.key(fact)} {quote}"


def _count_rest(result: Evaluation, sample: Sample, show: frozenset[str]) -> None:
    elements = list(_meta(sample))
    result.meta = _plus(result.meta, (sum(right for *_, right in elements), len(elements)))
    result.noise = _plus(result.noise, _noise(sample))
    if {"meta", "all"} & show:
        wrong = [element[:3] for element in elements if not element[3]]
        result.details += [f"{sample.name} META {element}" for element in wrong]
    bad = list(_bad_quotes(sample))
    result.quotes += len(bad)
    if {"quote", "all"} & show:
        result.details += [f"{sample.name} QUOTE {quote}" for quote in bad]


def _plus(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    return first[0] + second[0], first[1] + second[1]
