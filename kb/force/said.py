"""What a text says of documents: what it is on itself, and what it calls those it cites.

Nothing here depends on other documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kb.schema import CitationRecord, Record

_SPOKEN = re.compile(r"[\s《》〈〉<>“”\"'‘’「」、，,。：:（）()〔〕\[\]·—-]")
_ALIAS = re.compile(r"以下简?称(?:为)?[：:]?[国省市区县家]{0,2}[《“](?P<alias>[^》”]{1,30})[》”]")
_REACH = 120
_OPENING = re.compile(
    r"现[就将](?P<subject>[^。\n]{4,80}?)(?:的?有关|的?相关)?(?:事项|问题|工作)?(?:通知|公告|通告|函告)如下"
)
_OWN_PLACE = re.compile(r"(?:我|全|本)(?:省|市|县|区)")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of documents: what it is on itself, 现就…通知如下, folded and empty where it
    does not say; and what it calls those it cites (``aliases``).
    """

    opening: str
    aliases: Mapping[str, CitationRecord]


def folded(title: str | None) -> str:
    """``title`` without spaces, quotes and brackets, which every citing hand sets differently."""
    return _SPOKEN.sub("", title or "")


def said_in(record: Record) -> Said:
    """What the text of ``record`` says of documents."""
    return Said(_opened(record.text), aliases(record))


def aliases(record: Record) -> dict[str, CitationRecord]:
    """What the text calls documents in short: by （以下简称《办法》）, or by the titles of those
    that it has numbered.
    """
    numbered = [c for c in record.citations if c.number]
    titled: dict[str, set[str]] = defaultdict(set)
    for citation in numbered:
        titled[folded(citation.title)].add(citation.number or "")
    # one title with two numbers is two editions
    known = {t: c for c in reversed(numbered) if len(titled[t := folded(c.title)]) == 1 and t}
    # 《…适配目录》（以下简称《适配目录》） has no number, and a short form all the same
    for citation in (*(c for c in record.citations if c.title and not c.number), *numbered):
        start = citation.span[0] + 1
        reach = record.text[start : citation.span[1] + _REACH].split("。")[0]
        match = _ALIAS.search(reach)
        between = reach[citation.span[1] - start : match.start()] if match else ""
        if match and "《" not in between:
            known[folded(match["alias"])] = citation
    return known


def _opened(text: str) -> str:
    found = _OPENING.search(text[:2000])
    return folded(_OWN_PLACE.sub("", found["subject"])) if found else ""
