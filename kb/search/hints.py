"""Why a search found nothing: a filter that no notice here meets, and what is there instead.

Knows the names, numbers, places and years of a rule base; promises nothing where every filter is
met by some notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from kb.models import KnowledgeBase
from kb.search.analyzer import fold
from kb.search.engine import Query

_MOST = 3


def unmet(base: KnowledgeBase, query: Query) -> Iterator[str]:
    """A line for each filter of ``query`` that nothing in ``base`` meets."""
    if query.department is not None:
        names = {
            name
            for _, rule in base.rules("department")
            for name in (getattr(rule, "name", None), getattr(rule, "canonical", None))
            if name
        }
        if fold(query.department) not in map(fold, names):
            yield f"no department is named {query.department}{_near(query.department, names)}"
    if query.region is not None:
        regions = (record.document.region for record in base.records)
        codes = {region.code for region in regions if region is not None}
        place = re.sub(r"(?:00)+$", "", query.region)
        if not any(code.startswith(place) for code in codes):
            yield f"no document is of region {query.region}{_among(codes)}"
    if query.year is not None:
        years = {str(year) for r in base.records if (year := r.document.issued_year)}
        if str(query.year) not in years:
            yield f"no document is of the year {query.year}{_among(years)}"


def _near(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), _MOST, 0.4)
    return f"; near it: {', '.join(near)}" if near else ""


def _among(known: set[str]) -> str:
    return f"; there are {', '.join(sorted(known)[:12])}" if known else ""
