"""Runs JioNLP and Recognizers-Text on texts, in an environment of their own.

Reads one JSON object from standard input, ``{"texts": [...], "rounds": 12, "phrases": [...]}``, and
writes what it measured; it imports nothing of policykb, so that the peers' pins do not meet ours.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any


def timed(run: Callable[[str], object], texts: Iterable[str], rounds: int) -> float:
    """Seconds that ``run`` takes over all ``texts`` in the best of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for text in texts:
            run(text)
        best = min(best, time.perf_counter() - start)
    return best


def jionlp_readers() -> Callable[[str], list[dict[str, Any]]]:
    """Money and time of JioNLP."""
    import jionlp

    def read(text: str) -> list[dict[str, Any]]:
        found = jionlp.ner.extract_money(text) or []
        return [*found, *(jionlp.ner.extract_time(text) or [])]

    read("预热：2024年5月1日前每人不超过1000元")
    return read


def recognizers_readers() -> Callable[[str], list[Any]]:
    """Currency, percentage and date-time of Recognizers-Text for Chinese."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_percentage
    from recognizers_number_with_unit import recognize_currency
    from recognizers_text import Culture

    def read(text: str) -> list[Any]:
        culture = Culture.Chinese
        return [
            *recognize_currency(text, culture),
            *recognize_percentage(text, culture),
            *recognize_datetime(text, culture),
        ]

    read("预热：2024年5月1日前每人不超过1000元")
    return read


def jionlp_values(found: list[dict[str, Any]]) -> list[str]:
    """Readings as short words: 0..1000 for a ceiling, 2027-12-31 for the end of a stretch."""
    values = []
    for item in found:
        detail = item["detail"]
        if item["type"] == "money":
            values.append(_money(detail))
        elif item["type"] == "time_delta":
            values.append(json.dumps(detail["time"]))
        elif isinstance(detail["time"], list):
            values.append(str(detail["time"][-1])[:10])
        else:
            values.append(json.dumps(detail["time"], ensure_ascii=False))
    return values


def _money(detail: dict[str, Any]) -> str:
    number = detail["num"]
    low, high = number if isinstance(number, list) else (number, number)
    low, high = (_plain(n) if n not in ("-", None) else "" for n in (low, high))
    sides = {"blur+": f"{low}..", "blur-": f"..{high}"}
    return sides.get(detail["definition"], f"{low}..{high}")


def _plain(number: Any) -> str:
    value = float(number)
    return str(int(value)) if value == int(value) else str(value)


def recognizers_values(found: list[Any]) -> list[str]:
    """Readings as short words."""
    values = []
    for item in found:
        resolution = item.resolution or {}
        for one in resolution.get("values", [resolution]):
            said = one.get("end") or one.get("value") or ""
            number = str(said).rstrip("%")
            try:
                values.append(f"{_plain(number)}..{_plain(number)}")
            except ValueError:
                values.append(str(said)[:10])
    return values


def main() -> None:
    """Measure both peers on standard input."""
    asked = json.load(sys.stdin)
    result: dict[str, Any] = {}
    peers = (
        ("jionlp", jionlp_readers, jionlp_values),
        ("recognizers", recognizers_readers, recognizers_values),
    )
    for name, readers, values in peers:
        read = readers()
        result[name] = {
            "seconds": timed(read, asked["texts"], asked["rounds"]),
            "phrases": [values(read(phrase)) for phrase in asked["phrases"]],
        }
    json.dump(result, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
