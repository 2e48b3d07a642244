"""Tags free text that comes as JSON lines: one object in, one object out.

A line that cannot be understood gives an object with ``error``, never silence.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from corpus.errors import UsageError
from extractor.pipeline import tag
from kb.records import tagged


def tag_text(text: str, on: date | None) -> dict[str, Any]:
    """``rules`` and ``quantities`` of ``text``; relative dates count from ``on``."""
    return tagged(tag(text, on=on), text)


def tag_line(line: bytes, on: date | None) -> dict[str, Any]:
    """The answer to one line ``{"text": ..., "on": "YYYY-MM-DD"}``; ``on`` here is the default."""
    try:
        text, day = _asked(line, on)
        return tag_text(text, day)
    except UsageError as error:
        return {"error": error.what}
    except Exception as error:
        # one text that nobody foresaw must not cost the others
        return {"error": f"it could not be understood ({type(error).__name__}: {error})"}


def _asked(line: bytes, on: date | None) -> tuple[str, date | None]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise UsageError("this is not JSON") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise UsageError('there is no text under "text"')
    day = asked.get("on")
    if day is not None and not isinstance(day, str):
        raise UsageError('"on" must be a day like "2024-10-09"')
    return asked["text"], parse_day(day) if day else on


def parse_day(text: str) -> date:
    """The day that ``text`` writes as YYYY-MM-DD; raises ``UsageError``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'"{text}" is no day like 2024-10-09') from None
