"""x. y."""
from __future__ import annotations
from extractor.reading import Reading
def deadlines(reading: Reading) -> None:
    """x."""
