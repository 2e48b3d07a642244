"""Where a notice is from: the place of its issuer, else the one that its own words tell.

A text that was copied without its head names no issuer. Its title may open with the place, or it
says who explains it; a place that is only spoken of is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.models import Elements, Region
from extractor.regions import Regions, short_name

#: 本细则由咸宁市住房和城市更新局牵头负责解释; 具体细则由杭州住房公积金管理中心制定
_EXPLAINED = re.compile(
    r"由(?P<who>[\u4e00-\u9fff（）()、]{4,40}?)(?:牵头|共同|分别|按职责){0,2}"
    # once: 会同 within 会同 would be tried at every place
    r"(?:会同[^，。；]{2,30}?)?(?:共同|分别|按职责)?负责(?:政策)?解释"
    r"|(?:具体|实施)(?:细则|办法)由(?P<also>[\u4e00-\u9fff（）()、]{4,40}?)(?:另行)?制定"
)

#: 对在双辽市城区内购买…的家庭，制定如下优惠政策; 本办法适用于五华区行政区域内的企业
_WITHIN = r"(?:城区|市区|主城区|辖区|行政区域|行政区划|辖区范围|境内|区域|全域|范围)"
_APPLIES = re.compile(
    rf"(?:对在?|在)(?P<where>[\u4e00-\u9fff]{{2,12}}?){_WITHIN}内[^。]{{0,160}}"
    r"(?:制定|出台|实行)(?:如下|以下|本)|"
    rf"本[\u4e00-\u9fff]{{2,6}}适用于(?P<there>[\u4e00-\u9fff]{{2,12}}?){_WITHIN}"
)
#: 已经自治区人民政府同意: a notice that speaks of its own autonomous region
_AUTONOMOUS = re.compile(r"自治区(?:人民)?(?:政府|党委)|由自治区[^，。；]{2,40}负责解释")


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
    if not elements.issuers:
        for match in _APPLIES.finditer(text):
            yield _whole(match["where"] or match["there"], regions)
        carried = elements.enclosed.title if elements.enclosed else ""
        yield _autonomous(title + carried, text, regions)


def _whole(words: str, regions: Regions) -> Region | None:
    """The place that ``words`` are, and nothing beside it."""
    place, rest = regions.split(words)
    return place if place and not rest and words.endswith(place.name) else None


def _autonomous(titles: str, text: str, regions: Regions) -> Region | None:
    """广西 of 关于支持广西新能源汽车推广应用的若干措施, where the text speaks of its 自治区."""
    if not _AUTONOMOUS.search(text):
        return None
    provinces = (r for r in regions.places if r.level == "province")
    named = [r for r in provinces if r.name.endswith("自治区") and short_name(r.name) in titles]
    return named[0] if len(named) == 1 else None


def _opening(title: str, regions: Regions) -> Region | None:
    """The place whose full name opens a title: 广州市地下空间开发利用管理办法, not 长治久安."""
    place, rest = regions.split(title)
    opened = title[: len(title) - len(rest)]
    return place if place and opened.endswith(place.name) else None
