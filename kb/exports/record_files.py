"""Records as files for others: their content, and names that never meet.

``STEM.json`` for an input, ``STEM.EXT.json`` where two inputs share the stem.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kb import rule_file
from kb.plain import to_plain
from kb.schema import Record

FORMATS = ("yaml", "json")


def file_names(inputs: Sequence[Path], suffix: str) -> dict[Path, str]:
    """The name to write for each of ``inputs``; an input named twice stands once.

    Equal file names from several folders are told apart by the folder's name, then by a number.
    """
    paths = list(dict.fromkeys(inputs))
    stems = Counter(path.stem for path in paths)
    names: dict[Path, str] = {}
    for path in paths:
        name = path.stem if stems[path.stem] == 1 else path.name
        names[path] = _free(f"{name}.{suffix}", path.parent.name, set(names.values()))
    return names


def _free(name: str, folder: str, taken: set[str]) -> str:
    wishes = [
        name,
        f"{folder}.{name}",
        *(f"{number}.{name}" for number in range(2, len(taken) + 3)),
    ]
    return next(wish for wish in wishes if wish not in taken)


def record_text(record: Record, form: str, *, whole: bool = True) -> str:
    """``record`` in one of ``FORMATS``; unless ``whole``, as one of several in a stream.

    JSON holds the notice's text, YAML does not.
    """
    if form == "yaml":
        return ("" if whole else "---\n") + rule_file.dump(record)
    indent = 2 if whole else None
    return json.dumps(to_plain(record), ensure_ascii=False, indent=indent) + "\n"
