"""Small files, short functions: no file nobody wants to open."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.house import ROOT, short, sources

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

OURS = [
    path
    for path in sources("*.py", "*.js", "*.mjs", "*.css")
    if "migrations" not in path.parts and "data" not in path.parts
]
MODULES = [path for path in OURS if path.suffix == ".py" and path.stat().st_size]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def test_files_are_short() -> None:
    long = [
        f"{short(path)} has {lines} lines"
        for path in OURS + TESTS
        if (lines := path.read_text(encoding="utf-8").count("\n")) > MAX_FILE_LINES
    ]

    assert not long, "\n" + "\n".join(long)


def test_functions_are_short() -> None:
    long = [
        f"{short(path)}:{node.lineno} {node.name} has {length} lines"
        for path in OURS
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION_LINES
    ]

    assert not long, "\n" + "\n".join(long)


def test_modules_and_doors_have_docstrings() -> None:
    silent = [f"{short(path)}: {name}" for path in MODULES for name in _silent(path)]

    assert not silent, "without a docstring:\n" + "\n".join(silent)


def _silent(path: Path) -> list[str]:
    """Return what says nothing of itself: the module, or what others call through its door."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [] if ast.get_docstring(tree) else ["the module"]
    if {"actions", "queries", "rules", "kernel"} & {*path.relative_to(ROOT).parts, path.stem}:
        named += [
            node.name
            for node in tree.body
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef))
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    return named
