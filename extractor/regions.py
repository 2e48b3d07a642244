"""Knows the places of GB/T 2260 and finds the one that an organ's name opens with.

A name that fits two places gives None, never a guess; central organs give the region 00, 全国.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from extractor.models import Region
from extractor.titles import squeeze

NATIONAL = Region("00", "全国", "national")
UNKNOWN_PREFIX = "xx"

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|"
    "哈尼族|哈萨克族|傣族|"
    "黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|"
    "仫佬族|羌族|布朗族|撒拉族|"
    "毛南族|仡佬族|锡伯族|普米族|塔吉克族|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族|"
    "蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|维吾尔"
)
_TITULAR = re.compile(rf"(?P<base>.{{2,}}?)(?:{_PEOPLES})*自治(?P<kind>[区州县旗])")
# 共青团山西省委, 中共文水县委: the body first, its place next
_BODIES = re.compile(
    r"中共|中国共产党|共青团|中国共产主义青年团|团(?=.{2,}委)|民[革盟建进]|致公党|九三学社"
)


@dataclass(frozen=True, slots=True)
class CentralForm:
    """How a central organ's name opens, or reads in full where ``whole``.

    ``branches`` where its local offices name their place next (国家税务总局山西省税务局).
    """

    name: str
    whole: bool
    branches: bool

    def opens(self, text: str) -> bool:
        """Whether ``text`` is or begins with this name; 财政部门 does not begin with 财政部."""
        if self.whole:
            return text == self.name
        return text.startswith(self.name) and not text.startswith("门", len(self.name))


@dataclass(frozen=True)
class Regions:
    """All places, the names they had, and how codes and central organs open."""

    places: tuple[Region, ...]
    former: tuple[tuple[str, str], ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    central: tuple[CentralForm, ...] = ()

    def by_code(self, code: str) -> Region | None:
        """The place of a six-digit code, 全国 for ``00``, None for a code not in the table."""
        return self._by_code.get(code)

    def parent(self, code: str) -> Region | None:
        """What a place lies in: a county's city, a city's province, a province's 全国; else None.

        A county that no city governs (仙桃市, 朝阳区 of 北京市) lies in its province.
        """
        if code in (NATIONAL.code, "") or code not in self._by_code:
            return None
        upward = (code[:4] + "00", code[:2] + "0000", NATIONAL.code)
        return next(self._by_code[up] for up in upward if up in self._by_code and up != code)

    def lineage(self, region: Region) -> Iterator[Region]:
        """The region itself, then what it lies in, up to 全国."""
        at: Region | None = region
        while at:
            yield at
            at = self.parent(at.code)

    def region_of(self, issuer: str, *, within: Region | None = None) -> Region | None:
        """The place an organ belongs to, read from the opening of its name.

        None where none or several fit; ``within`` chooses among places of one name (城关区 within
        兰州市). Of a list of organs the first counts. A central organ's local office belongs to the
        place it names (国家税务总局山西省税务局, 财政部驻山西专员办), 新疆生产建设兵团 to 新疆.
        """
        return self.split(issuer, within=within)[0]

    def region_of_all(
        self, issuers: Iterable[str], *, within: Region | None = None
    ) -> Region | None:
        """The place of a joint issue: that of the first organ that tells.

        The organ named first leads (GB/T 9704-2012, 7.2.4).
        """
        found = (self.region_of(issuer, within=within) for issuer in issuers)
        return next((region for region in found if region), None)

    def split(self, name: str, *, within: Region | None = None) -> tuple[Region | None, str]:
        """The place that ``name`` opens with and the words left: 文水县财政局 → 文水县, 财政局.

        White space is dropped. A name whose place stands after the organ's own, or nowhere, stays
        whole: 共青团山西省委 → 山西省, 共青团山西省委.
        """
        text = squeeze(name)
        place, rest = self._walk(text, within)
        if place:
            return place, rest
        central = self._central.get(text[:1], ())
        if form := next((form for form in central if form.opens(text)), None):
            return self._branch(text.removeprefix(form.name), form) or NATIONAL, text
        body = _BODIES.match(text)
        return (self._walk(text[body.end() :], within)[0] if body else None), text

    def province_of_code(self, code: str) -> Region | None:
        """The province a 机关代字 opens with: 晋政办发 → 山西省.

        None where the first character is no abbreviation, or one that others open with too (青政发
        is printed by 青海省 and by 青岛市).
        """
        return self.by_code(dict(self.abbreviations).get(code[:1], ""))

    def _branch(self, rest: str, form: CentralForm) -> Region | None:
        return self._walk(rest.removeprefix("驻"), None)[0] if form.branches else None

    def _walk(self, text: str, within: Region | None) -> tuple[Region | None, str]:
        found: Region | None = None
        while step := self._step(text, found, within):
            found, text = step
        return found, text

    def _step(
        self, text: str, inside: Region | None, within: Region | None
    ) -> tuple[Region, str] | None:
        for length in range(min(self._longest, len(text)), 1, -1):
            here = [r for r in self._names.get(text[:length], ()) if _lies_in(r, inside)]
            if here:
                # the longest name decides: 朝阳区 is not 朝阳 (the city) and the word 区
                chosen = here if inside or _telling(text[:length]) else []
                if within and len(chosen) != 1:
                    chosen = [r for r in here if r == within or _lies_in(r, within)]
                return (chosen[0], text[length:]) if len(chosen) == 1 else None
        return None

    @cached_property
    def _by_code(self) -> Mapping[str, Region]:
        return {place.code: place for place in (NATIONAL, *self.places)}

    @cached_property
    def _central(self) -> Mapping[str, tuple[CentralForm, ...]]:
        """Central organs by the first character of their names, longer names first."""
        forms: dict[str, tuple[CentralForm, ...]] = defaultdict(tuple)
        for form in sorted(self.central, key=lambda form: -len(form.name)):
            forms[form.name[:1]] += (form,)
        return dict(forms)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names), default=0)

    @cached_property
    def _names(self) -> Mapping[str, tuple[Region, ...]]:
        """Every name of every place. A name in full shuts out the same name in short."""
        names: dict[str, tuple[Region, ...]] = {}
        layers = (
            self._full(),
            self._former(),
            self._kept(),
            *map(self._short, ("province", "city")),
        )
        for layer in layers:
            fresh: dict[str, list[Region]] = defaultdict(list)
            for name, place in layer:
                if name not in names and place not in fresh[name]:
                    fresh[name].append(place)
            names.update((name, tuple(found)) for name, found in fresh.items() if found)
        return names

    def _full(self) -> Iterator[tuple[str, Region]]:
        return ((place.name, place) for place in self.places)

    def _former(self) -> Iterator[tuple[str, Region]]:
        return ((name, self._by_code[code]) for name, code in self.former)

    def _kept(self) -> Iterator[tuple[str, Region]]:
        for place in self.places:
            yield from ((name, place) for name in _titular_forms(place))
            # 双流县 became 双流区 in 2015: a county that rises keeps its name
            if place.level == "county" and place.name[-1] in "区市" and len(place.name) > 2:
                yield place.name[:-1] + "县", place

    def _short(self, level: str) -> Iterator[tuple[str, Region]]:
        # never for counties: 公安部 is not 公安县, 合作局 is not 合作市
        counties = {short_name(p.name) for p in self.places if p.level == "county"}
        for place in self.places:
            short = short_name(place.name)
            # 大理 alone may be the prefecture or its city, 阿里 a company
            prefecture = place.name.endswith("地区") or (
                place.name[-1] in "州盟" and short in counties
            )
            if place.level == level and not prefecture:
                yield short, place
        for name, code in self.former:
            if self._by_code[code].level == level:
                yield short_name(name), self._by_code[code]


def short_name(name: str) -> str:
    """A place's name without its kind: 山西省 → 山西, 恩施土家族苗族自治州 → 恩施; 唐县 stays."""
    if titular := _TITULAR.fullmatch(name):
        return titular["base"].removesuffix("族")
    short = re.sub(r"(?:特别行政区|地区|[省市县区旗州盟])$", "", name)
    return short if len(short) > 1 else name


def id_prefix(region: Region | None) -> str:
    """How ids of its documents begin: its code, ``00`` for the nation, ``xx`` when unknown."""
    return region.code if region else UNKNOWN_PREFIX


def _titular_forms(place: Region) -> Iterator[str]:
    if titular := _TITULAR.fullmatch(place.name):
        base, kind = short_name(place.name), titular["kind"]
        yield f"{base}自治{kind}"
        if kind != "区":
            yield base + kind
    elif place.name.endswith("地区"):
        yield from (short_name(place.name) + seat for seat in ("行署", "行政公署"))


def _telling(name: str) -> bool:
    # 东区 and 城区 are names of districts in some cities and words everywhere
    return not (name.endswith("区") and len(name) == 2)


def _lies_in(place: Region, region: Region | None) -> bool:
    if region is None or region.level == "national":
        return True
    digits = {"province": 2, "city": 4, "county": 6}[region.level]
    return place.code[:digits] == region.code[:digits] and place != region


@cache
def load() -> Regions:
    """The regions of the lexicon, read once."""
    return Regions(
        tuple(Region(r["code"], r["name"], r["level"]) for r in _rows("regions.csv")),
        tuple((r["name"], r["code"]) for r in _rows("regions_former.csv")),
        tuple(
            (r["abbreviation"], r["code"]) for r in _rows("abbreviations.csv") if not r["shared"]
        ),
        tuple(
            CentralForm(r["name"], r["match"] == "name", r["branches"] == "yes")
            for r in _rows("central.csv")
        ),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files("extractor") / "lexicons" / name).read_text(encoding="utf-8")
    return csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
