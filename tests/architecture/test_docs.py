"""Undocumented is unfinished: commands, settings, rooms, events and decisions have their entry."""

from __future__ import annotations

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.house import PACKAGE, ROOT, rooms, sources
from wanmi.config import tools
from wanmi.config.commandline import own_commands

DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def test_every_command_is_explained() -> None:
    text = (DOCS / "run/commands.md").read_text(encoding="utf-8")

    told = set(re.findall(r"^## `wanmi ([a-z-]+)", text, re.M))

    assert told == {*own_commands(), *tools.TOOLS, "help"}


def test_every_setting_is_explained() -> None:
    places = [*sources("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "wanmi", ROOT / ".ci/run"]
    read = {name for path in places for name in _variables(path.read_text(encoding="utf-8"))}

    told = _variables((DOCS / "run/settings.md").read_text(encoding="utf-8"))

    assert read - told == set(), "not in docs/run/settings.md"
    assert told - read == set(), "in docs/run/settings.md, but nobody reads it"


def _variables(text: str) -> set[str]:
    named = set(re.findall(r"\bWANMI_[A-Z][A-Z_0-9]*[A-Z0-9]\b", text))
    asked = re.findall(r"\benv(?:_flag|_int|_list)?\(\s*[\"']([A-Z_0-9]+)[\"']", text)
    return named | {f"WANMI_{name}" for name in asked}


@pytest.mark.parametrize("room", [room for room in rooms() if room != "config"])
def test_every_room_has_its_page(room: str) -> None:
    page = DOCS / "rooms" / f"{room}.md"
    assert page.is_file(), f"docs/rooms/{room}.md is missing"

    text = page.read_text(encoding="utf-8")
    lacking = [name for name in _events(room) + _tables(room) if f"`{name}`" not in text]

    assert not lacking, f"events or tables without a word in docs/rooms/{room}.md"


def _events(room: str) -> list[str]:
    """Return the public event classes of a room."""
    files = [*(PACKAGE / room).glob("events.py"), *(PACKAGE / room).glob("events/*.py")]
    return [
        node.name
        for path in files
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


def _tables(room: str) -> list[str]:
    return [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith(f"wanmi.{room}.")
    ]


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]

    dead = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert not dead, dead


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(path.name[:4] for path in (DOCS / "decisions").glob("[0-9]*.md"))

    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


def test_every_defence_names_a_test_that_is_there() -> None:
    text = (DOCS / "threat-model.md").read_text(encoding="utf-8")
    places = {name.rstrip("/") for name in re.findall(r"`(tests/[\w/.]+)`", text)}

    empty = [
        name
        for name in sorted(places)
        if not (ROOT / name).is_file() and not [*(ROOT / name).glob("test_*.py")]
    ]

    assert places
    assert not empty
