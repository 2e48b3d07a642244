"""Knows what organs are called: 省人社厅 of 山西省 is 山西省人力资源和社会保障厅.

A name that may stand for several organs gives None, never a guess; full names stay as they are.
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
from extractor.regions import NATIONAL, Regions, short_name
from extractor.titles import squeeze

#: How organs' names end, longest first.
ORGAN_SUFFIXES = (
    *("领导小组", "联席会议"),
    *("委员会", "管委会", "办公厅", "办公室", "联合会", "联合社", "检察院"),
    *("总局", "分局", "总社", "中心", "总队", "支队", "大队", "法院", "协会", "学会", "政府"),
    *("海关", "厅", "局", "委", "办", "部", "署", "院", "会", "行", "社", "处", "科", "所", "站"),
)

_SHORT_SUFFIX = {"委员会": "委", "办公室": "办"}
_LONG_SUFFIX = {short: long for long, short in _SHORT_SUFFIX.items()}
_CENTRAL_FRONTS = ("国家", "国务院", "中国", "全国")
# 龙胜各族自治县 is a place, 高级人民法院 a court
_GENERIC = re.compile(
    r"各(?!族)|有关|相关|等$|、|及其|[局委部厅署会院办](?:及|和|与|暨|会同)"
    r"|[本省市县区乡镇上下同]级|(?:部门|机构|单位|企业|院校)$"
)
_PLACE_WORD = re.compile(r"[我本]?(?P<word>自治[区州县旗]|[省市县区旗州盟])")
_BRACKETS = str.maketrans("()", "（）")
_OWN = re.compile(r"[我本](?P<suffix>厅|局|委|办|中心)|(?P<bare>[厅局])")
_SECTION = re.compile(
    r"(?:[一-鿿]{1,14}(?:[处科室股司组站所队院校]|中心)|办公[厅室])(?:（.{2,20}）)?"
)
_ASIDE = re.compile(r"（[^（）]*）$")
# 团省委 and 中共文水县委组织部 put the body before the place
_LEAGUE = re.compile(r"(?:共青团|团)(?P<place>.+?)(?:委员会|委)")
_PARTY = re.compile(r"(?:中共|中国共产党)(?P<rest>.+)")


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


@dataclass(frozen=True, slots=True)
class Reading:
    """An organ's full name without its section; ``function`` where the lexicon knows it."""

    name: str
    section: str = ""
    function: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads names as a notice of ``region``, and of ``year`` if that is known, prints them."""

    region: Region | None
    regions: Regions
    vocabulary: Vocabulary
    year: int | None = None

    def read(self, text: str) -> Reading | None:
        """The organ that ``text`` names by itself; None where place or organ cannot be told."""
        return self._bare(text) or self._league(text) or self._placed(_without_party(text))

    def like(self, text: str, home: str) -> str | None:
        """我局, 厅人事处: the organ ``home`` itself; 市局, 省厅: its like at another level."""
        if own := _OWN.match(text):
            return self._own(home, own["suffix"] or own["bare"], text[own.end() :])
        place, rest = self._place(text)
        if place is None or rest[:1] not in ("厅", "局"):
            return None
        return self._full(place, self._function(home), rest[0], rest[1:])

    def title(self, place: Region) -> str:
        """How a place stands in its organs' names: a district after its city, 广州市天河区."""
        above = self.regions.parent(place.code)
        is_district = place.level == "county" and re.search(r"(?<![林特])区$", place.name)
        return above.name + place.name if above and is_district else place.name

    def _bare(self, text: str) -> Reading | None:
        # 财政局 in a county's notice is the county's; a city's may speak of its districts' 局
        parsed = self.vocabulary.parse(text) if text not in self.vocabulary.ambiguous else None
        if not parsed or not self.region:
            return None
        alone = self.region.level == "county" or getattr(parsed[0], "suffix", "") == "厅"
        return self._reading(self.region, *parsed) if alone else None

    def _league(self, text: str) -> Reading | None:
        match = _LEAGUE.fullmatch(text)
        place, rest = self._place(match["place"]) if match else (None, "")
        return (
            None if place is None or rest else self._reading(place, self.vocabulary.organs["团委"])
        )

    def _placed(self, text: str) -> Reading | None:
        place, rest = self._place(text)
        if place is None or not rest:
            return None
        if rest in self.vocabulary.ambiguous:
            return self._whole(text, place, rest) if self.vocabulary.ambiguous[rest] else None
        if parsed := self.vocabulary.parse(rest):
            return self._reading(place, *parsed)
        if organ := self.vocabulary.levelled(rest):
            return self._reading(place, organ)
        return self._as_printed(text, place, rest)

    def _as_printed(self, text: str, place: Region, rest: str) -> Reading | None:
        is_organ = rest.endswith(ORGAN_SUFFIXES) and rest not in ORGAN_SUFFIXES
        # 广州市政府新闻办 names its place but is still short
        is_organ = is_organ and not rest.endswith(tuple(_LONG_SUFFIX))
        return self._whole(text, place, rest) if is_organ else None

    def _whole(self, text: str, place: Region, rest: str) -> Reading | None:
        # 文水县果业发展中心 is a full name; 县果业中心 may be short for anything
        if _PLACE_WORD.match(text):
            return None
        return Reading(self.title(place) + rest if text == place.name + rest else text)

    def _reading(self, place: Region, organ: Organ, section: str = "") -> Reading | None:
        if self.year is not None and isinstance(organ, Body) and self.year < organ.since:
            return None
        name = organ.full(place, self.title(place))
        return Reading(name, section, getattr(organ, "function", None)) if name else None

    def _place(self, text: str) -> tuple[Region | None, str]:
        """The place that ``text`` opens with, by name or by 省, 市, 县 seen from here; the rest."""
        if word := _PLACE_WORD.match(text):
            lineage = self.regions.lineage(self.region) if self.region else ()
            seen = (place for place in lineage if place.name.endswith(word["word"]))
            return next(seen, None), text[word.end() :]
        return self.regions.split(text, within=self.region)

    def _own(self, home: str, suffix: str, section: str) -> str | None:
        reading = self.read(home)
        if reading is None:
            return self._full(self.region, self._function(home), suffix, section)
        fits = reading.name.endswith(_LONG_SUFFIX.get(suffix, suffix))
        return _with_section(reading.name, section) if fits else None

    def _full(
        self, place: Region | None, function: str | None, suffix: str, section: str
    ) -> str | None:
        organ = self.vocabulary.organs.get(f"{function}{suffix}")
        reading = self._reading(place, organ) if place and organ else None
        return _with_section(reading.name, section) if reading else None

    def _function(self, home: str) -> str | None:
        if function := self.vocabulary.stems.get(home):
            return function
        reading = self.read(home)
        return reading.function if reading else None


def canonical(
    name: str,
    region: Region | None,
    regions: Regions,
    *,
    home: str | None = None,
    year: int | None = None,
) -> str | None:
    """The full name of the organ that a notice of ``region`` calls ``name``, or None.

    ``home`` is the issuer that 我局, 市局 and 厅人事处 speak of: its name, or only its function
    (人力资源和社会保障); of a joint issue the first, who leads. None for generic names (有关部门,
    各市, 县级人社部门), for names several organs bear, or bore in the ``year`` of the notice, for
    what the lexicon does not know.
    """
    text = squeeze(name).translate(_BRACKETS)
    if not text or _GENERIC.search(text):
        return None
    reader = Reader(region, regions, load(), year)
    for words in (text, _ASIDE.sub("", text)):
        if full := reader.vocabulary.central_name(words, at_home=region == NATIONAL):
            return full
        if reading := reader.read(words):
            return reading.name + reading.section
        if home and (full := reader.like(words, home)):
            return full
    return None


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
    return {suffix, _SHORT_SUFFIX.get(suffix, suffix)}


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
        if words[:end] in table and (end == len(words) or _SECTION.fullmatch(words[end:])):
            yield table[words[:end]], words[end:]


def _with_section(name: str, section: str) -> str | None:
    return name + section if not section or _SECTION.fullmatch(section) else None


def _without_party(text: str) -> str:
    party = _PARTY.fullmatch(text)
    return party["rest"] if party else text


def _has_departments(place: Region) -> bool:
    # provinces and autonomous regions have 厅; municipalities have 局
    return place.level == "province" and not place.name.endswith("市")
