"""Reads the day that a command is asked for: ``--on 2021-12-01``, else today.

Days before the People's Republic and after 2199 are refused: they are slips.
"""

from __future__ import annotations

from datetime import date

from commands import console
from corpus.errors import UsageError

#: days that may be asked for
_FIRST, _LAST = date(1949, 10, 1), date(2199, 12, 31)


def asked_day(text: str | None) -> date:
    """The day of ``--on``; raises ``UsageError`` for what is none."""
    if text is None:
        return console.today()
    remedy = "Write it as 2021-12-01."
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--on is "{text}", which is no day', remedy=remedy) from None
    if not _FIRST <= day <= _LAST:
        what = f"--on is {day}, which is out of range"
        raise UsageError(what, remedy=f"Give a day from {_FIRST} to {_LAST}.")
    return day
