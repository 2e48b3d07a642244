"""The one command line: parse options, call the packages, print. Nothing imports it."""

from __future__ import annotations


def main() -> None:
    """Entry point of ``policykb``."""
