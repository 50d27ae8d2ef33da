"""`./wanmi bench [NAME…] [--json] [--small]`: run benchmarks and print their figures."""

import argparse
import importlib
import inspect
import json
import sys
from pathlib import Path

from benchmarks.harness import Figures, Options

SHOWN_FIRST = ("name", "value", "peer", "unit", "ratio", "floor", "passed")


def main(words: list[str]) -> int:
    """Run what is named, or everything; 1 when a floor was not reached."""
    known = names()
    parser = argparse.ArgumentParser(prog="wanmi bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--json", action="store_true", help="one line of JSON for each figure")
    parser.add_argument("--small", action="store_true", help="a quick try; its figures say little")
    given = parser.parse_args(words)
    unknown = sorted(set(given.names) - set(known))
    if unknown:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(known)}")
    passed = [
        _show(figures, as_json=given.json)
        for name in given.names or known
        for figures in run(name, Options(small=given.small))
    ]
    return 0 if all(passed) else 1


def names() -> list[str]:
    """Return the benchmarks there are: modules of this folder with a `run`, `_` as `-`."""
    folder = Path(__file__).parent
    return sorted(
        file.stem.replace("_", "-")
        for file in folder.glob("*.py")
        if not file.stem.startswith("_") and "\ndef run(" in file.read_text(encoding="utf-8")
    )


def run(name: str, options: Options) -> list[Figures]:
    """Run one benchmark."""
    work = importlib.import_module(f"benchmarks.{name.replace('-', '_')}").run
    found = work(options) if inspect.signature(work).parameters else work()
    return list(found)


def _show(figures: Figures, *, as_json: bool) -> bool:
    if as_json:
        print(json.dumps(figures, ensure_ascii=False), flush=True)
    else:
        print(_line(figures), flush=True)
    return bool(figures.get("passed", True))


def _line(figures: Figures) -> str:
    rest = [key for key in figures if key not in SHOWN_FIRST]
    head = (
        f"{figures['name']}: {figures['value']} {figures['unit']}, peer {figures['peer']}, "
        f"ratio {figures['ratio']} (floor {figures['floor']}): "
        f"{'reached' if figures.get('passed', True) else 'MISSED'}"
    )
    return "\n".join([head, *(f"    {key}: {figures[key]}" for key in rest)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
