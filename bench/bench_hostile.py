"""What comes of inputs made to hurt: rule files and documents, with seconds and megabytes.

Fails where one costs another document, a file elsewhere, too much time or memory, or a traceback.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import hostile
from bench.faults import shown


def main(_: Sequence[str] = ()) -> None:
    """Print the table."""
    print("| input | what happened | seconds | MB |\n|---|---|---|---|")
    flaws = []
    with tempfile.TemporaryDirectory() as name:
        bed = hostile.bed_in(Path(name) / "space")
        for attack in (*hostile.RULE_FILES, *hostile.DOCUMENTS):
            came = hostile.attacked(bed, attack)
            said = shown(came.said, name)[:110]
            kind = attack.name.rpartition(".")[2].upper() if attack.name else "YAML"
            row = (kind, attack.what, said, came.seconds, came.megabytes)
            print("| {}: {} | {} | {:.1f} | {:.0f} |".format(*row), flush=True)
            flaws += [f"{attack.what}: {flaw}" for flaw in came.flaws]
    if flaws:
        raise RuntimeError("\n".join(flaws))


if __name__ == "__main__":
    main(sys.argv[1:])
