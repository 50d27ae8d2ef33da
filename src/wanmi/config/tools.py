"""Developers' tools behind the command line: tests, the gate, benchmarks. They need a checkout."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import wanmi

ROOT = Path(wanmi.__file__).resolve().parents[2]


def test(words: list[str]) -> int:
    """Run the tests; takes pytest's arguments."""
    return _from_checkout(["-m", "pytest", *words])


def check(words: list[str]) -> int:
    """Run everything the continuous integration runs."""
    return _from_checkout(["-m", "wanmi.config.gate", *words])


def bench(words: list[str]) -> int:
    """Run the benchmarks, or the named one; --json prints figures for machines."""
    return _from_checkout(["-m", "benchmarks", *words])


def _from_checkout(words: list[str]) -> int:
    if not (ROOT / "pyproject.toml").is_file():
        print(
            "wanmi: this needs a checkout of the sources, not an installed package.",
            file=sys.stderr,
        )
        return 2
    return subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode  # noqa: S603  # our own words


TOOLS: dict[str, Callable[[list[str]], int]] = {"test": test, "check": check, "bench": bench}
