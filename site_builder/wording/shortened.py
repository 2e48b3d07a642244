"""Words that are too long for their place, cut with … for what is left out."""

from __future__ import annotations


def shortened(words: str, most: int) -> str:
    """``words`` in at most so many characters."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def on_one_line(words: str, most: int) -> str:
    """The same, with every break and run of blanks as one blank."""
    return shortened(" ".join(words.split()), most)
