"""Who asks what they may claim: a profile, checked against what the lexicons know.

Every mistake is told with file, line and key, what is known there, and the nearest of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus.errors import PolicyError, UsageError
from corpus.located_yaml import YamlFile
from extractor import regions
from kb.claims.inputs import NUMBERS, Inputs, checked
from kb.claims.vocabulary import words

ABROAD = "境外"
HELP = "See docs/claims.md."
_YEARS = (1949, 2199)
#: of places of one name so many are told
_MOST_PLACES = 8


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) or value is None else [value]


def _text(value: object) -> object:
    # a code of GB/T 2260 is a number to YAML
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Profile(BaseModel):
    """What is known of whoever asks. What is left out is not known, which is not the same as no."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)

    name: str | None = Field(None, description="How the answer calls whoever asks")
    kind: str = Field(description="申领主体: what kind of applicant asks")
    region: Annotated[str | None, BeforeValidator(_text)] = Field(
        None, description="Where: name or code of GB/T 2260, down to the county; 境外 for abroad"
    )
    sector: str | None = Field(None, description="行业系统: 文化和旅游")
    groups: Names = Field((), description="对象: who they are, or whom they train")
    training: Names = Field((), description="培训类型")
    certificate: Names = Field((), description="证书等级")
    age: int | None = Field(None, ge=0, le=130, description="年龄 of the person, in years")
    free: bool | None = Field(None, description="免费: whether those who are trained pay nothing")
    filed: bool | None = Field(None, description="备案: whether it was filed before it opened")
    qualified: bool | None = Field(
        None, description="资格: whether the body is on the list, or was chosen by the authority"
    )
    obtained: date | None = Field(None, description="取得证书日期")
    received: dict[str, int] = Field(
        {}, description="How often it was had already: {year: 1}, {certificate: 0}"
    )
    people: Decimal | None = Field(None, description="人数")
    days: Decimal | None = Field(None, description="天数")
    months: Decimal | None = Field(None, description="月数")
    hours: Decimal | None = Field(None, description="学时")
    certificates: Decimal | None = Field(None, description="证书数")
    employed: Decimal | None = Field(None, description="就业人数")
    employment_rate: Decimal | None = Field(None, description="就业率, from 0 to 1")
    base: Decimal | None = Field(None, description="计算基数 of a share, in yuan")
    counts: dict[str, Decimal] = Field({}, description="Other numbers: {mu: 3, houses: 1}")
    confirmed: Names = Field((), description="Ids of conditions that a person says are met")
    denied: Names = Field((), description="Ids of conditions that a person says are not met")

    @property
    def place(self) -> str | None:
        """The code of its region; 境外 for abroad, None where it is not said."""
        return ABROAD if self.region == ABROAD else region_code(self.region)

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """The numbers that a calculation may ask for."""
        own = {name: getattr(self, name, None) for name in NUMBERS}
        return {k: v for k, v in {**own, **self.counts}.items() if v is not None}

    @property
    def inputs(self) -> Inputs:
        """Its numbers, checked; raises ``UsageError``."""
        return checked(self.numbers)


def region_code(name: str | None) -> str | None:
    """The code of a place named in full, in short or by its code; None where there is none."""
    if not name:
        return None
    table = regions.load()
    if name.isdigit():
        return name if table.by_code(name) else None
    if name in ("全国", "中国"):
        return regions.NATIONAL.code
    place, rest = table.split(name)
    return place.code if place and not rest else None


def read_profile(data: bytes, *, shown: str) -> Profile:
    """The profile in the bytes of the YAML (or JSON) file named ``shown``."""
    try:
        file = YamlFile.decode(data, shown=shown)
    except PolicyError as error:
        raise UsageError(error.what, where=error.where, remedy=error.remedy) from None
    if not isinstance(file.value, dict):
        raise _at(file, (), "a profile is a mapping with keys", "Begin with kind: 企业.")
    return profile_of(file.value, file)


def profile_of(plain: Mapping[str, Any], file: YamlFile | None = None) -> Profile:
    """The profile in plain values; mistakes are told with their line if ``file`` is given."""
    try:
        profile = Profile.model_validate(dict(plain))
    except ValidationError as error:
        details = error.errors()[0]
        place = tuple(step for step in details["loc"] if not str(step).startswith("function"))
        raise _at(file, place, *_mistake(details, place)) from None
    _check_words(profile, file)
    _check_numbers(profile, file)
    return profile


def known_values() -> dict[str, tuple[str, ...]]:
    """The values that a key may have, for the keys that have a list."""
    lexicon = words()
    return {
        "kind": lexicon.kinds,
        "groups": tuple(lexicon.groups),
        "training": tuple(lexicon.trainings),
        "certificate": tuple(lexicon.levels),
    }


def _check_words(profile: Profile, file: YamlFile | None) -> None:
    for key, known in known_values().items():
        given = getattr(profile, key)
        for index, value in enumerate((given,) if isinstance(given, str) else given):
            if value not in known:
                what = f'{key} is "{value}", which is not known{_near(value, known)}'
                raise _at(file, (key, index), what, f"Known are {'、'.join(known)}.")
    if profile.region and profile.place is None:
        raise _at(file, ("region",), *_no_place(profile.region))
    if profile.obtained and not _YEARS[0] <= profile.obtained.year <= _YEARS[1]:
        what = f"obtained is {profile.obtained}, which is out of range"
        raise _at(file, ("obtained",), what, f"Years are {_YEARS[0]} to {_YEARS[1]}.")


def _no_place(name: str) -> tuple[str, str]:
    """What is wrong with the name of a place, and what to write instead."""
    table = regions.load()
    several = [place for place in table.places if place.name == name]
    if several:
        told = (f"{_with_parent(place.code)}{name} ({place.code})" for place in several)
        what = f'region is "{name}", which {len(several)} places are called'
        return what, f"Write one of {'、'.join(islice(told, _MOST_PLACES))}."
    what = f'region is "{name}", which is no place of GB/T 2260'
    remedy = f"Write the full name with its province, the six digits, or {ABROAD}."
    return f"{what}{_near(name, [place.name for place in table.places])}", remedy


def _with_parent(code: str) -> str:
    parent = regions.load().parent(code)
    return parent.name if parent else ""


def _check_numbers(profile: Profile, file: YamlFile | None) -> None:
    for name, value in profile.numbers.items():
        try:
            checked({name: value})
        except UsageError as error:
            place = ("counts", name) if name in profile.counts else (name,)
            raise _at(file, place, error.what, error.remedy) from None
    for per, times in profile.received.items():
        if times < 0:
            what = f"received is {times} times per {per}, which is below 0"
            raise _at(file, ("received", per), what, "Count from 0.")
    try:
        checked(profile.numbers)
    except UsageError as error:
        raise _at(file, ("employed",), error.what, error.remedy) from None


_NEEDS = (
    ("string", "text"),
    ("decimal", "a number"),
    ("finite", "a number"),
    ("int", "a whole number"),
    ("bool", "true or false"),
    ("date", "a day such as 2024-03-01"),
    ("dict", "a mapping with keys"),
    ("tuple", "a list"),
    ("greater_than", "0 or more"),
    ("less_than", "130 or less"),
)


def _mistake(details: Mapping[str, Any], place: tuple[Any, ...]) -> tuple[str, str]:
    key = str(place[0]) if place else ""
    fields = tuple(Profile.model_fields)
    if details["type"] == "extra_forbidden":
        return f'unknown key "{key}"{_near(key, fields)}', f"Known are {', '.join(fields)}."
    if details["type"] == "missing":
        return f'"{key}" is missing', f"Say one of {'、'.join(words().kinds)}."
    needs = next((n for start, n in _NEEDS if details["type"].startswith(start)), None)
    needs = needs or str(details["msg"]).lower()
    return f'"{key}" is {str(details["input"])[:40]!r}, and must be {needs}', HELP


def _near(value: str, known: Iterable[str]) -> str:
    near = get_close_matches(value, list(known), n=1, cutoff=0.5)
    return f'; did you mean "{near[0]}"?' if near else ""


def _at(file: YamlFile | None, place: tuple[Any, ...], what: str, remedy: str | None) -> UsageError:
    where = f"{file.shown}:{file.line(place)}" if file else None
    return UsageError(what, where=where, remedy=remedy)


def profile_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a profile, with the values that are known."""
    schema = Profile.model_json_schema(mode="validation")
    for key, known in known_values().items():
        of = schema["properties"][key]
        of.get("items", of)["enum"] = list(known)
    for key in ("groups", "training", "certificate", "confirmed", "denied"):
        # a list of one may be written as that one
        whole = schema["properties"][key]
        told = {k: whole.pop(k) for k in ("description", "default", "title") if k in whole}
        schema["properties"][key] = {**told, "anyOf": [whole, dict(whole["items"])]}
    schema["properties"]["region"]["anyOf"].append({"type": "integer"})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
