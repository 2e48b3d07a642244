"""Rows of specs/TAGGER/*.yaml: what is to be read in a sentence, and how it is read.

A row stands for itself; what it leaves out is not looked at, what it gives as null must be absent.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from corpus.models import SourceText
from extractor.pipeline import Extracted, extract, tag
from kb.records import tagged
from kb.same_fact import alike

SPECS = Path(__file__).parent / "specs"
#: the kinds of fact that a folder of rows speaks of
KINDS = {
    "quantities": ("money", "percent", "count", "date", "period", "duration", "recurrence"),
    "amounts": ("amount",),
    "deadlines": ("deadline",),
    "departments": ("department",),
    "targets": ("target",),
    "groups": ("group",),
    "citations": ("citation",),
    "validity": ("validity",),
}
KEYS = {
    *("input", "results", "exactly", "unsupported"),
    *("on", "year", "issuer", "title", "clause_heading"),
}
#: values in the notice's own wording, which may be cut a little longer or shorter
WORDING = {
    *("item", "category", "payee", "group", "payer", "of", "stacking"),
    *("action", "actor", "after", "metric", "subject", "duty"),
}
Fact = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Dates stay text, and ``on`` is a word."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML wants it on the class)
        first: [
            (name, pattern)
            for name, pattern in resolvers
            if not name.endswith(":timestamp")
            and not (name.endswith(":bool") and first in "yYnNoO")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``name`` is FOLDER/FILE:LINE, ``value`` what stands there."""

    name: str
    folder: str
    value: dict[str, Any]

    @property
    def wanted(self) -> list[Fact]:
        """The facts that must be found."""
        return list(self.value["results"])

    @property
    def exact(self) -> bool:
        """Whether nothing else of the folder's kinds may be found."""
        return bool(self.value.get("exactly", self.folder == "quantities" or not self.wanted))


def rows() -> list[Row]:
    """Every row of every file, in order."""
    return [row for path in sorted(SPECS.glob("*/*.yaml")) for row in _rows_of(path)]


def _rows_of(path: Path) -> list[Row]:
    loader = _Loader(path.read_text("utf-8"))
    node = loader.get_single_node()
    name = path.relative_to(SPECS).as_posix()
    return [
        Row(
            f"{name}:{item.start_mark.line + 1}",
            path.parent.name,
            loader.construct_object(item, deep=True),
        )
        for item in node.value
    ]


def read(row: Row) -> tuple[list[Fact], list[str]]:
    """The facts read in the row's input that are of the folder's kinds or of one it asks for, and
    what is wrong with their places.
    """
    text, start, extracted = _extracted(row.value)
    plain = tagged(extracted, text)
    kinds = {*KINDS[row.folder], *(fact.get("kind") for fact in row.wanted)}
    facts = plain["quantities"] if row.folder == "quantities" else plain["rules"]
    end = start + len(row.value["input"])
    inside = [f for f in facts if start <= f["span"][0] < end and f["kind"] in kinds]
    return inside, [complaint for f in inside if (complaint := misplaced(f, text))]


def misplaced(fact: Fact, text: str) -> str | None:
    """What is wrong with the words that ``fact`` points to."""
    begin, end = fact["span"]
    words = fact["quote"] if "quote" in fact else fact["text"]
    if not words.strip():
        return f"no words at {begin}..{end}"
    if text[begin:end] != words:
        return f"{words!r} is said to stand where {text[begin:end]!r} does"
    return None


def _extracted(value: dict[str, Any]) -> tuple[str, int, Extracted]:
    """The text that was read, where the row's input begins in it, and what was read."""
    day = date.fromisoformat(value["on"]) if "on" in value else None
    if not {"year", "issuer", "title", "clause_heading"} & value.keys():
        return value["input"], 0, tag(value["input"], on=day)
    text = _notice(value)
    return text, text.index(value["input"]), extract(_source(text), on=day)


def _notice(value: dict[str, Any]) -> str:
    """A whole notice whose body is the row's input."""
    issuer, year = value.get("issuer", "清河县人民政府办公室"), value.get("year", 2024)
    paragraphs = [
        f"清政办发〔{year}〕15号",
        value.get("title", f"{issuer}关于做好有关工作的通知"),
        "各有关单位：",
        *([f"一、{value['clause_heading']}"] if "clause_heading" in value else []),
        value["input"],
        issuer,
        f"{year}年3月1日",
    ]
    return "\n".join(f"　　{paragraph}" for paragraph in paragraphs)


def _source(text: str) -> SourceText:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return SourceText(text, PurePosixPath("row.txt"), digest, "text/plain", "text", "utf-8")


def missing(wanted: list[Fact], found: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The wanted facts that are not among those found, and the found ones that no one wanted."""
    left, unmet = list(found), []
    for fact in wanted:
        match = next((other for other in left if _meets(fact, other)), None)
        if match is None:
            unmet.append(fact)
        else:
            left.remove(match)
    return unmet, left


def _meets(wanted: Fact, found: Fact) -> bool:
    return all(_agrees(key, value, found.get(key)) for key, value in wanted.items())


def _agrees(key: str, wanted: Any, found: Any) -> bool:
    if wanted is None or wanted is False:
        return not found
    if key in WORDING:
        return found is not None and alike(wanted, found)
    if isinstance(wanted, dict) and isinstance(found, dict):
        return all(_agrees(k, v, found.get(k)) for k, v in wanted.items())
    if isinstance(wanted, list):
        others = list(found or ())
        return len(wanted) == len(others) and all(map(_agrees, [key] * len(wanted), wanted, others))
    if key in ("quote", "text"):
        return re.sub(r"\s", "", str(found)) == re.sub(r"\s", "", str(wanted))
    return bool(found == wanted)
