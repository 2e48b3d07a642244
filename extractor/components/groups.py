"""x. y."""
from __future__ import annotations
from extractor.reading import Reading
def groups(reading: Reading) -> None:
    """x."""
