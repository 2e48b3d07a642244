"""x. y."""
from __future__ import annotations
from extractor.reading import Reading
def amounts(reading: Reading) -> None:
    """x."""
