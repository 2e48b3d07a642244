"""x. y."""
from __future__ import annotations
from extractor.reading import Reading
def targets(reading: Reading) -> None:
    """x."""
