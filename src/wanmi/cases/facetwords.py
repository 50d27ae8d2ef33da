"""What lists filter by as one word per case: `1handling/handling:event;hotline!0`.

Open or not, state, phase, kind, source, urgent or not. Each part has marks of its
own around it, so that a piece of the word says which filter it answers.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Func, TextField

_COLUMNS = ("ended_at", "state", "phase", "kind", "source", "is_urgent")
_MARKS = {"phase": ("/", ":"), "kind": (":", ";"), "source": (";", "!")}
_NO_PART = frozenset("/:;!\0")


class FacetWord(Func):
    """The word of a case: one text for index and question, or the index would not be used."""

    output_field = TextField()

    def __init__(self, *columns: Any, **more: Any) -> None:
        super().__init__(*(columns or (F(name) for name in _COLUMNS)), **more)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **more: Any) -> tuple[str, tuple[()]]:
        """Write the word out of its columns."""
        ended, state, phase, kind, source, urgent = (
            compiler.compile(column)[0] for column in self.source_expressions
        )
        word = (
            f"(CASE WHEN {ended} IS NULL THEN '1' ELSE '0' END || {state} || '/' || {phase}"
            f" || ':' || {kind} || ';' || {source} || CASE WHEN {urgent} THEN '!1' ELSE '!0' END)"
        )
        return word, ()


def can_be_said(wanted: Mapping[str, Any]) -> bool:
    """Say whether any word could have these values: none of them has a mark in it."""
    return not any(_NO_PART & set(wanted.get(name) or "") for name in ("state", *_MARKS))


def beginnings(wanted: Mapping[str, Any]) -> list[str]:
    """Return with what a fitting word may begin; nothing where any beginning fits."""
    state, is_open = wanted.get("state") or "", wanted.get("open")
    if not state and is_open is None:
        return []
    heads = ("0", "1") if is_open is None else (str(int(is_open)),)
    return [f"{head}{state}/" if state else head for head in heads]


def parts(wanted: Mapping[str, Any]) -> list[str]:
    """Return the pieces a fitting word has."""
    found = [
        f"{before}{wanted[name]}{after}"
        for name, (before, after) in _MARKS.items()
        if wanted.get(name)
    ]
    urgent = wanted.get("urgent")
    return found if urgent is None else [*found, f"!{int(urgent)}"]
