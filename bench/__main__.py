"""Runs the benchmarks: ``python -m bench`` all of them, ``python -m bench extract`` bench_extract.

Each prints its figures under its name; one that fails is named at the end, and the status is 1.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
import traceback
from collections.abc import Sequence

import bench

_PREFIX = "bench_"


def names() -> list[str]:
    """The benchmarks there are, without their prefix, in alphabetical order."""
    modules = (module.name for module in pkgutil.iter_modules(bench.__path__))
    return sorted(name.removeprefix(_PREFIX) for name in modules if name.startswith(_PREFIX))


def run(name: str) -> bool:
    """Run one benchmark; whether it came to its end."""
    print(f"== {name}", flush=True)
    started = time.perf_counter()
    try:
        importlib.import_module(f"bench.{_PREFIX}{name}").main()
    except Exception:
        traceback.print_exc()
        return False
    print(f"   {time.perf_counter() - started:.1f} s in all", flush=True)
    return True


def main(wanted: Sequence[str]) -> int:
    """Run the benchmarks ``wanted``, or all; the exit status."""
    if unknown := sorted(set(wanted) - set(names())):
        print(
            f"no benchmark {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr
        )
        return 2
    failed = [name for name in wanted or names() if not run(name)]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
