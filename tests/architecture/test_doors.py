"""Rooms meet only at their doors: actions (do), queries (ask), events (hear)."""

from __future__ import annotations

import re

from tests.architecture.house import PACKAGE, ROOT, floor, imports, module_of, rooms, short, sources

DOORS = {"actions", "queries", "events"}
# The shell's public side: what every page and every API needs.
SHELL = {
    "addresses",
    "api",
    "basemaps",
    "finding",
    "forms",
    "lists",
    "live",
    "menu",
    "metrics",
    "pages",
    "panels",
    "preferences",
    "schemaforms",
    "sending",
    "statements",
    "tables",
    "terminal",
}


def test_rooms_meet_only_at_their_doors() -> None:
    trespasses = [
        f"{short(path)}:{line} imports {target}"
        for path in sources("*.py")
        for line, target in imports(path)
        if _is_trespass(module_of(path), target)
    ]

    assert not trespasses, "\n" + "\n".join(trespasses)


def _is_trespass(module: str, target: str) -> bool:
    here, there = module.split("."), target.split(".")
    if there[0] != "wanmi" or len(there) < 2 or here[1:2] in ([], ["config"]):
        return False
    room = there[1]
    if room in {here[1], "kernel"}:
        return False
    if len(there) < 3:
        return True
    return there[2] not in DOORS | (SHELL if room == "shell" else set())


def test_a_trespass_would_be_seen() -> None:
    assert _is_trespass("wanmi.cases.views", "wanmi.workflow.models")
    assert _is_trespass("wanmi.cases.views", "wanmi.workflow")
    assert not _is_trespass("wanmi.cases.views", "wanmi.workflow.actions.closing")
    assert not _is_trespass("wanmi.cases.views", "wanmi.cases.models")
    assert not _is_trespass("wanmi.cases.views", "wanmi.shell.pages")


def test_no_room_fetches_anothers_tables_by_name() -> None:
    fetches = [
        f"{short(path)}: {label}"
        for path in sources("*.py")
        if "migrations" not in path.parts
        for label in re.findall(r"get_model\(\s*[\"'](\w+)", path.read_text(encoding="utf-8"))
        if label in rooms() and label != path.relative_to(PACKAGE).parts[0]
    ]

    assert not fetches, fetches


def test_every_room_has_a_floor_and_a_purpose() -> None:
    for room in rooms():
        floor(room)
        text = (ROOT / "src/wanmi" / room / "__init__.py").read_text(encoding="utf-8")
        assert text.lstrip().startswith('"""'), f"{room}/__init__.py tells no purpose"


def test_nobody_hides_things_in_drawers_without_a_name() -> None:
    unnamed = {"utils", "common", "helpers", "misc", "helper", "util"}

    found = [short(path) for path in sources("*.py") if {*path.parts, path.stem} & unnamed]

    assert not found
