"""The lexicon of organs: functions, bodies, central organs, and the forms that notices print.

A printed name leads to one organ, or is listed as ambiguous; two rows that claim one are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml

from extractor.models import Region
from extractor.regions import short_name

SHORT_SUFFIX = {"委员会": "委", "办公室": "办"}
_CENTRAL_FRONTS = ("国家", "国务院", "中国", "全国")
SECTION = re.compile(
    r"(?:[一-鿿]{1,14}(?:[处科室股司组站所队院校]|中心)|办公[厅室])(?:（.{2,20}）)?"
)


@dataclass(frozen=True, slots=True)
class FunctionOrgan:
    """An organ named region + function + suffix.

    Without a suffix (省人社) it bears its level's. ``ranks`` where 厅 replaces 局 in provinces.
    """

    function: str
    suffix: str
    ranks: bool

    def full(self, place: Region, title: str) -> str | None:
        """Its name in ``place``, or None where there is no such organ: 县人社厅, 省人社局."""
        proper = "厅" if self.ranks and _has_departments(place) else "局"
        suffix = self.suffix or proper
        misplaced = suffix in ("厅", "局") and suffix != proper
        return None if misplaced else f"{title}{self.function}{suffix}"


@dataclass(frozen=True, slots=True)
class Body:
    """An organ with a name of its own, by level: 高级人民法院, 中级人民法院, 人民法院.

    Before the year ``since`` its forms meant others: 税务 was 国税 and 地税 until 2018.
    """

    names: Mapping[str, str]
    since: int = 0

    def full(self, place: Region, title: str) -> str | None:
        """Its name in ``place``, or None where that level has none, or several."""
        name = self.names.get(place.level)
        return name.format(region=title, short=short_name(place.name)) if name else None


Organ = FunctionOrgan | Body
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lexicon of organs, keyed by what notices print.

    ``stems`` lead to functions, ``organs`` are printed with their suffix, ``central`` leads to
    full names, ``ambiguous`` says whether the words are a full name after the name of a place.
    """

    stems: Mapping[str, str]
    organs: Mapping[str, Organ]
    central: Mapping[str, str]
    ambiguous: Mapping[str, bool]

    def parse(self, words: str) -> tuple[Organ, str] | None:
        """The organ that ``words`` begin with and the section after it: 人社厅 and 办公室."""
        return next(_openings(words, self.organs), None)

    def central_name(self, words: str, *, at_home: bool = False) -> str | None:
        """The full name of the central organ (and its section) that ``words`` are.

        Central notices print 医保局 and 国资委 for their own: ``at_home`` the front may be missing.
        """
        fronts = ("", *_CENTRAL_FRONTS) if at_home else ("",)
        found = (pair for front in fronts for pair in _openings(front + words, self.central))
        # 国务院 alone is an organ, and 法院 no section of it
        return next((name + rest for name, rest in found if len(rest) < len(words)), None)

    def levelled(self, words: str) -> FunctionOrgan | None:
        """The organ a bare function means at a known level: 人社, not 发改 (委员会 or 局)."""
        function = self.stems.get(words)
        suffixes = {
            organ.suffix
            for organ in self.organs.values()
            if isinstance(organ, FunctionOrgan) and organ.function == function
        }
        return (
            FunctionOrgan(function, "", "厅" in suffixes)
            if function and suffixes <= {"厅", "局"}
            else None
        )


def known_functions() -> Iterable[str]:
    """Functions as notices print them, without place or suffix: 人社, 人力资源社会保障, 财政."""
    return load().stems.keys()


def known_organs() -> Iterable[str]:
    """Organs as notices print them, without place: 人社厅, 发改委, 总工会, 税务局, 公积金中心."""
    return (*load().organs, *load().ambiguous)


def known_central_organs() -> Iterable[str]:
    """Central organs as notices print them: 财政部, 国家发展改革委."""
    return load().central.keys()


@cache
def load() -> Vocabulary:
    """The lexicon, read once. Raises ValueError where two rows claim one printed name."""
    path = resources.files("extractor") / "lexicons" / "departments.yaml"
    rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Vocabulary(
        _unique((form, row["name"]) for row in rows["functions"] for form in _forms(row)),
        _unique([*_function_organs(rows["functions"]), *_bodies(rows["bodies"])]),
        _unique((form, row["name"]) for row in rows["central"] for form in _central_forms(row)),
        {row["form"]: row.get("full_name", False) for row in rows["ambiguous"]},
    )


def _function_organs(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Organ]]:
    for row in rows:
        for suffix in row["organs"]:
            organ = FunctionOrgan(row["name"], suffix, "厅" in row["organs"])
            for form in _forms(row):
                yield from ((form + printed, organ) for printed in _printed(suffix))


def _bodies(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Organ]]:
    for row in rows:
        name = row["name"]
        same = dict.fromkeys(("province", "city", "county"), name)
        body = Body(same if isinstance(name, str) else name, row.get("since", 0))
        yield from ((form, body) for form in row["forms"])


def _forms(row: Mapping[str, Any]) -> list[str]:
    return [row["name"], *row.get("forms", [])]


def _central_forms(row: Mapping[str, Any]) -> list[str]:
    """Its forms; 国家金融监管总局 too, as 监督管理 is said in short of any of them."""
    name = str(row["name"])
    return [*_forms(row), name.replace("监督管理", "监管")]


def _printed(suffix: str) -> set[str]:
    return {suffix, SHORT_SUFFIX.get(suffix, suffix)}


def _unique(pairs: Iterable[tuple[str, _T]]) -> dict[str, _T]:
    table: dict[str, _T] = {}
    for key, value in pairs:
        if table.setdefault(key, value) != value:
            raise ValueError(
                f"departments.yaml: {key} is a form of {table[key]} and of {value};"
                " keep one, or list it under ambiguous"
            )
    return table


def _openings(words: str, table: Mapping[str, _T]) -> Iterator[tuple[_T, str]]:
    """Entries that ``words`` begin with, the longest first; a section or nothing follows."""
    for end in range(len(words), 0, -1):
        if words[:end] in table and (end == len(words) or SECTION.fullmatch(words[end:])):
            yield table[words[:end]], words[end:]


def _has_departments(place: Region) -> bool:
    # provinces and autonomous regions have 厅; municipalities have 局
    return place.level == "province" and not place.name.endswith("市")
