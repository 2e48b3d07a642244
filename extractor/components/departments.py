"""x. y."""
from __future__ import annotations
from extractor.reading import Reading
def departments(reading: Reading) -> None:
    """x."""
