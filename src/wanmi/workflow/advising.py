"""Advice beside the form of a task: a room above suggests, people decide, it hears what they chose.

The room that knows a subject says what was told of it (`Subject.told`); the
adviser knows neither cases nor messages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils.safestring import SafeString

from wanmi.accounts.queries import User
from wanmi.shell.schemaforms import SchemaForm


@dataclass(frozen=True)
class Told:
    """What somebody told of a subject: words, point (degrees of CGCS2000), moment (UTC).

    `category` is its class ("kind/code") where it has one; `but` is the key of
    the case itself, so that it is not found as its own duplicate.
    """

    words: str
    lon: float | None
    lat: float | None
    area_path: str
    at: datetime
    category: str = ""
    but: int = 0


class Adviser(Protocol):
    """Who suggests answers to a form."""

    def advise(self, request: HttpRequest, told: Told, form: SchemaForm) -> SafeString:
        """Return what stands above a form; empty for nothing."""

    def heard(
        self, told: Told, given: Mapping[str, Any], sent: Mapping[str, str], *, by: User
    ) -> None:
        """Hear what was chosen (`given`) in a form that came with advice (`sent`: all of it)."""

    def typed(self) -> str:
        """Return the address that answers words while they are typed, as HTML."""


_advisers: list[Adviser] = []


def offer_adviser(adviser: Adviser) -> None:
    """Let a room above advise on the forms of tasks."""
    _advisers.append(adviser)


def advise(request: HttpRequest, told: Told | None, form: SchemaForm) -> SafeString:
    """Return the advice above a form."""
    if told is None:
        return SafeString()
    return SafeString("".join(each.advise(request, told, form) for each in _advisers))


def heard(
    told: Told | None, given: Mapping[str, Any], sent: Mapping[str, str], *, by: User
) -> None:
    """Tell the advisers what was chosen, in the transaction of the deed."""
    for each in _advisers if told is not None else ():
        each.heard(told, given, sent, by=by)  # type: ignore[arg-type]  # checked above


def typed_path() -> str:
    """Return where a form sends words while they are typed; "" where nobody advises.

    It takes `words`, `lon`, `lat` and `for`, the fields that chips may fill, by POST.
    """
    return next((each.typed() for each in _advisers), "")
