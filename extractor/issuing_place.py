"""Where a notice is from: the place of its issuer, else the one that its own words tell.

A text that was copied without its head names no issuer. Its title may open with the place, or it
says who explains it; a place that is only spoken of is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.models import Elements, Region
from extractor.regions import Regions

#: 本细则由咸宁市住房和城市更新局牵头负责解释; 具体细则由杭州住房公积金管理中心制定
_EXPLAINED = re.compile(
    r"由(?P<who>[\u4e00-\u9fff（）()、]{4,40}?)(?:牵头|共同|分别|按职责){0,2}"
    # once: 会同 within 会同 would be tried at every place
    r"(?:会同[^，。；]{2,30}?)?(?:共同|分别|按职责)?负责(?:政策)?解释"
    r"|(?:具体|实施)(?:细则|办法)由(?P<also>[\u4e00-\u9fff（）()、]{4,40}?)(?:另行)?制定"
)


def placed(elements: Elements, text: str, regions: Regions) -> Elements:
    """``elements`` with the place of the notice that ``text`` holds, if anything tells it."""
    found = (region for region in _told(elements, text, regions) if region)
    return replace(elements, region=next(found, None))


def _told(elements: Elements, text: str, regions: Regions) -> Iterator[Region | None]:
    """What each witness says, the best one first."""
    yield regions.region_of_all(elements.issuers)
    if not elements.issuers and elements.number:
        yield regions.province_of_code(elements.number.code)
    title = elements.title or ""
    yield _opening(title, regions)
    if elements.enclosed and "转发" not in title:
        yield _opening(elements.enclosed.title, regions)
    for match in reversed(list(_EXPLAINED.finditer(text))):
        yield regions.region_of(match["who"] or match["also"])


def _opening(title: str, regions: Regions) -> Region | None:
    """The place whose full name opens a title: 广州市地下空间开发利用管理办法, not 长治久安."""
    place, rest = regions.split(title)
    opened = title[: len(title) - len(rest)]
    return place if place and opened.endswith(place.name) else None
