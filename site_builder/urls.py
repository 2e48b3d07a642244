"""Where every page and file of the site stands, and how one page names another.

Paths are relative to the site's root, ASCII and safe on every file system; ``href`` quotes what
an address may not hold.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import sha256
from urllib.parse import quote

from pypinyin import Style, pinyin

HOME, SEARCH, APPLY = "index.html", "search.html", "apply.html"
DOCUMENTS, MEASURES, DEPARTMENTS = "documents.html", "measures.html", "departments.html"
GROUPS, CALENDAR, RELATIONS = "groups.html", "calendar.html", "relations.html"
QUALITY, DATA = "quality.html", "data.html"
RULES_FILE, DOCUMENTS_FILE = "data/rules.json", "data/documents.json"
CALENDAR_FILE, RECURRING = "calendar/all.ics", "calendar/recurring.html"
AWAITING, COUNTED = "quality/awaiting.html", "quality/documents.html"
ABSENT = "quality/absent.html"
MEASURES_FILE, RELATIONS_FILE = "data/measures.json", "data/relations.json"
RECORDS_FILE, PACKED_RECORDS_FILE = "data/records.jsonl", "data/records.jsonl.gz"
SCHEMA_FILE, SITEMAP, FEED, LLMS = "data/schema.json", "sitemap.xml", "feed.xml", "llms.txt"

_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
_SLUG_LENGTH = 48


def document_page(document_id: str) -> str:
    """``documents/140000-jinzhengbanfa-2019-68.html``."""
    return f"documents/{file_name(document_id)}.html"


def record_file(document_id: str) -> str:
    """``data/documents/140000-jinzhengbanfa-2019-68.json``."""
    return f"data/documents/{file_name(document_id)}.json"


def schema_file(data_file: str) -> str:
    """``data/schema/rules.json`` of ``data/rules.json``, the schema of what that file holds."""
    return f"data/schema/{data_file.rpartition('/')[2]}"


def rule_page(rule_id: str) -> str:
    """``rules/140000-jinzhengbanfa-2019-68/s2-6.amount.5c1e.html``."""
    document, _, anchor = rule_id.rpartition("#")
    return f"rules/{file_name(document)}/{file_name(anchor)}.html"


# every rule of a measure asks for it
@cache
def measure_page(key: str) -> str:
    """``measures/14-qu-zheng-bu-tie-gao-ji-gong-1f0c9a.html``, of the measure's key."""
    return f"measures/{slug(key)}-{_digest(key)}.html"


def department_page(name: str) -> str:
    """``departments/cai-zheng-bu-1f0c9a.html``: pinyin to read, a hash to tell homophones apart."""
    return f"departments/{slug(name)}-{_digest(name)}.html"


def department_calendar(name: str) -> str:
    """``calendar/cai-zheng-bu-1f0c9a.ics``: the deadlines of a department for other programs."""
    return f"calendar/{slug(name)}-{_digest(name)}.ics"


def group_page(name: str) -> str:
    """``groups/qi-ye-1f0c9a.html``, of whom notices serve."""
    return f"groups/{slug(name)}-{_digest(name)}.html"


def name_anchor(name: str) -> str:
    """Where a name stands in a list: ``qi-ye-1f0c9a``."""
    return f"{slug(name)}-{_digest(name)}"


def calendar_page(stretch: str) -> str:
    """``calendar/2021-11.html``, of ``2021-11``; ``calendar/2021.html``, of ``2021``."""
    return f"calendar/{stretch}.html"


def file_name(identifier: str) -> str:
    """``identifier`` itself where it is a plain lower-case name, else its slug and a hash."""
    if _SAFE.fullmatch(identifier):
        return identifier
    return f"{slug(identifier)}-{_digest(identifier)}"


@cache
def slug(text: str) -> str:
    """Pinyin and letters of ``text``, joined by hyphens, at most 48 characters, never empty."""
    words = re.findall(r"[a-z0-9]+", "".join(map(_spelled, text)).lower())
    return "-".join(words)[:_SLUG_LENGTH].strip("-") or "x"


def rule_anchor(rule_id: str) -> str:
    """The part of a rule's id that names it within its document: ``s7-2.amount.5c1e``."""
    return rule_id.rpartition("#")[2]


def numbered(path: str, number: int) -> str:
    """The page ``number`` of a list that begins at ``path``: ``measures-2.html``."""
    return path if number == 1 else f"{path.removesuffix('.html')}-{number}.html"


@lru_cache(100_000)
def href(path: str, anchor: str = "") -> str:
    """The address of ``path`` and, in it, ``anchor``, quoted for a URL."""
    return quote(path) + (f"#{quote(anchor)}" if anchor else "")


def public(url: str, path: str, anchor: str = "") -> str:
    """The address of ``path`` in the site that is published at ``url``."""
    return f"{url.rstrip('/')}/{href(path, anchor)}"


def sitemap_part(number: int) -> str:
    """``sitemap-1.xml``, a part of a list of pages that is too long for one file."""
    return f"sitemap-{number}.xml"


def root_of(path: str) -> str:
    """What leads from the page at ``path`` back to the site's root: ``""`` or ``"../"``."""
    return "../" * path.count("/")


@cache
def _spelled(character: str) -> str:
    if character.isascii():
        return character
    return f" {pinyin(character, style=Style.NORMAL)[0][0]} "


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:6]
