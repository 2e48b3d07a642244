"""Knows what organs are called: 省人社厅 of 山西省 is 山西省人力资源和社会保障厅.

A name that may stand for several organs gives None, never a guess; full names stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.models import Region
from extractor.organ_lexicon import SECTION, SHORT_SUFFIX, Body, Organ, Vocabulary, load
from extractor.regions import NATIONAL, Regions
from extractor.titles import squeeze

#: How organs' names end, longest first.
ORGAN_SUFFIXES = (
    *("领导小组", "联席会议"),
    *("委员会", "管委会", "办公厅", "办公室", "联合会", "联合社", "检察院"),
    *("总局", "分局", "总社", "中心", "总队", "支队", "大队", "法院", "协会", "学会", "政府"),
    *("海关", "厅", "局", "委", "办", "部", "署", "院", "会", "行", "社", "处", "科", "所", "站"),
)

_LONG_SUFFIX = {short: long for long, short in SHORT_SUFFIX.items()}
# 龙胜各族自治县 is a place, 高级人民法院 a court
_GENERIC = re.compile(
    r"各(?!族)|有关|相关|等$|、|及其|[局委部厅署会院办](?:及|和|与|暨|会同)"
    r"|[本省市县区乡镇上下同]级|(?:部门|机构|单位|企业|院校)$"
)
_PLACE_WORD = re.compile(r"[我本]?(?P<word>自治[区州县旗]|[省市县区旗州盟])")
_BRACKETS = str.maketrans("()", "（）")
_OWN = re.compile(r"[我本](?P<suffix>厅|局|委|办|中心)|(?P<bare>[厅局])")
_ASIDE = re.compile(r"（[^（）]*）$")
# 团省委 and 中共文水县委组织部 put the body before the place
_LEAGUE = re.compile(r"(?:共青团|团)(?P<place>.+?)(?:委员会|委)")
_PARTY = re.compile(r"(?:中共|中国共产党)(?P<rest>.+)")


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


def _with_section(name: str, section: str) -> str | None:
    return name + section if not section or SECTION.fullmatch(section) else None


def _without_party(text: str) -> str:
    party = _PARTY.fullmatch(text)
    return party["rest"] if party else text
