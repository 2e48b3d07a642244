"""The rule base: records of notices, kept as YAML and served to search, site and programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

# what the rule base needs takes long to import, and most who import a module of it need little
if TYPE_CHECKING:
    from kb.api import Base

__all__ = ["load"]


def load(path: str | Path) -> Base:
    """The rule base of the workspace at ``path``, or in that folder; see ``kb.api.Base``."""
    from kb.api import load as load_base

    return load_base(path)
