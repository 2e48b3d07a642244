"""What one document may cost to read, so that a bad one cannot take the others down.

Each limit is named as its key under ``[limits]`` in ``policykb.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may use for one document, and whether it may recognise pictures of text.

    ``document_seconds`` are of the clock on the wall, and again of the processor for understanding
    what was read; to read with ``ocr`` there are ``ocr_seconds`` in their place.
    ``document_memory`` is in bytes, on top of what the reading process has before it opens the
    document. A packed file may hold ``packed_files``, which unpack to ``unpacked_bytes`` in all
    and to ``unpacked_ratio`` times their size each.
    """

    document_bytes: int = 50 * _MB
    document_seconds: int = 60
    document_memory: int = 1024 * _MB
    document_pages: int = 1000
    unpacked_bytes: int = 256 * _MB
    unpacked_ratio: int = 250
    packed_files: int = 5000
    ocr_seconds: int = 1800
    ocr: bool = False

    @property
    def seconds(self) -> int:
        """After how many seconds reading is given up."""
        return self.ocr_seconds if self.ocr else self.document_seconds

    @property
    def seconds_key(self) -> str:
        """The key of the limit that ``seconds`` is."""
        return "ocr_seconds" if self.ocr else "document_seconds"


#: the limits of a workspace whose settings name none
USUAL = Limits()
#: every key of the settings with its default
SETTINGS: dict[str, int] = {
    field.name: getattr(USUAL, field.name) for field in fields(Limits) if field.name != "ocr"
}
