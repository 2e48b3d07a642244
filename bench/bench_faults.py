"""What faults cost: builds killed, disks full, clocks wrong, caches damaged; the table of them.

Fails where a document was lost or anything was left half written. Mounts a small disk where it may,
as root; elsewhere it limits files and takes the right to write away.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import disks, faults
from bench.bed import Bed
from bench.faults import Fault, shown

_ROOMS = tuple(1024 * kilobytes for kilobytes in (0, 4, 16, 64, 128, 256, 512, 1024, 2048, 4096))


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table; ``--kills`` says how many builds are killed, 0 leaves them out."""
    parser = argparse.ArgumentParser(prog="python -m bench.bench_faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args(arguments)
    print("| fault | times | documents lost | left broken | what is said |\n|---|---|---|---|---|")
    broken = []
    with tempfile.TemporaryDirectory() as name:
        for fault in _faults(Path(name), options.kills):
            message = shown(fault.message, name)
            row = (fault.name, fault.times, fault.lost, len(fault.broken), message)
            print("| {} | {} | {} | {} | {} |".format(*row), flush=True)
            broken += [f"{fault.name}: {flaw}" for flaw in fault.broken]
            broken += [f"{fault.name}: {fault.lost} documents lost"] * bool(fault.lost)
    if broken:
        raise RuntimeError("\n".join(broken[:20]))


def _faults(folder: Path, kills: int) -> Iterator[Fault]:
    if kills:
        yield faults.killed(Bed(folder / "killed"), kills)
    if disks.may_mount(folder):
        with disks.mounted(folder / "disk", "96m") as disk:
            yield faults.full_disk(Bed(disk / "full"), _ROOMS, disks.filler(disk))
    else:
        yield faults.file_limit(Bed(folder / "limit"), _ROOMS[1:7])
    locked = disks.bound_read_only if disks.may_mount(folder) else disks.without_write
    if os.geteuid() or disks.may_mount(folder):
        yield faults.read_only(Bed(folder / "locked"), locked)
    yield faults.clock(Bed(folder / "clock"))
    yield faults.two_at_once(Bed(folder / "two"), 10)
    yield faults.damaged_cache(Bed(folder / "cache"))
    yield faults.nonsense(Bed(folder / "nonsense"))


if __name__ == "__main__":
    main(sys.argv[1:])
