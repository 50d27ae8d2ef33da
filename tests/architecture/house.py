"""Readers of the house's own sources, shared by the architecture tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/wanmi"

FLOORS = [
    {"config"},
    {"demo"},
    {"exchange", "hotline", "portal", "field"},
    {"intake", "surveys", "consultations", "dispatch", "triage"},
    {"cases"},
    {"registers"},
    {"catalogue", "workflow", "evidence", "notices"},
    {"upkeep"},
    {"organisation"},
    {"accounts", "geography"},
    {"journal"},
    {"shell"},
    {"kernel"},
]


def rooms() -> list[str]:
    """Return the rooms by name, the assembly included."""
    return sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def floor(room: str) -> int:
    """Return how deep a room lies, 0 being the top; an unplaced room is an error."""
    return next(n for n, names in enumerate(FLOORS) if room in names)


def sources(*patterns: str) -> list[Path]:
    """Return our own files of the package that match, without the copied libraries."""
    found = {p for pattern in patterns for p in PACKAGE.rglob(pattern)}
    return sorted(p for p in found if "vendor" not in p.parts and "vendor.new" not in p.parts)


def short(path: Path) -> str:
    """Return a path as people write it, from the root of the checkout."""
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    """Return the dotted name of a source file."""
    parts = list(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    """Tell whether a dotted name is a module or package of ours."""
    place = PACKAGE.parent.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of every import of a file, relative ones resolved.

    `from wanmi.cases import actions` gives `wanmi.cases.actions`; of a plain
    name only its module is given.
    """
    package = module_of(path) if path.name == "__init__.py" else module_of(path).rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, package)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield node.lineno, whole if is_module(whole) else base


def _base(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    above = parts[: len(parts) - (node.level - 1)]
    return ".".join(above + ([node.module] if node.module else []))
