"""Refusals: everything a person can put right.

    Refused
    ├── NotAllowed   403  the person may not do this, or not here
    ├── NotFound     404  the thing is not there, or not in the person's area
    ├── Conflict     409  somebody was faster, or the row is in another state
    ├── Invalid      422  what was sent cannot be used as it is
    └── TooOften     429  asked more often than is allowed; wait a while

What is not a ``Refused`` is a bug and stays loud. Messages are English msgids with
``%(name)s`` params; the edge (pages, API) translates them into the caller's language.
"""

from collections.abc import Callable, Mapping
from typing import TypedDict


class Phrase(str):
    """A param that is a msgid itself, such as the reason inside a longer sentence."""

    __slots__ = ()


class FieldError(TypedDict):
    """One field that cannot be used: where it stands and what is wrong with it."""

    loc: list[str | int]
    msg: str


class Refused(Exception):
    """This cannot be done."""

    code: str = "refused"
    status: int = 400
    title: str = ""

    def __init__(self, message: str = "", **params: object) -> None:
        self.message = message or first_line(type(self))
        self.params = params
        super().__init__(self.message)

    def __str__(self) -> str:
        """Return the English sentence; without params the msgid is taken literally."""
        return self.sentence(str)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in another language, its phrases too."""
        return fill(self.message, self.params, translate)


class NotAllowed(Refused):
    """You are not allowed to do this."""

    code = "not_allowed"
    status = 403


class NotFound(Refused):
    """There is no such thing, or it lies outside your area."""

    code = "not_found"
    status = 404


class Conflict(Refused):
    """Somebody else has changed this in the meantime; look again and decide anew."""

    code = "conflict"
    status = 409


class Invalid(Refused):
    """What was sent cannot be used; correct it and send it again."""

    code = "invalid"
    status = 422

    def __init__(
        self, message: str = "", *, errors: list[FieldError] | None = None, **params: object
    ) -> None:
        super().__init__(message, **params)
        self.errors: list[FieldError] = errors or []


class TooOften(Refused):
    """This was tried too often from here; wait %(seconds)d seconds and try again."""

    code = "too_often"
    status = 429

    def __init__(self, message: str = "", *, seconds: int, **params: object) -> None:
        super().__init__(message, seconds=seconds, **params)
        self.retry_after = seconds


def fill(msgid: str, params: Mapping[str, object], translate: Callable[[str], str]) -> str:
    """Return a translated msgid with its params filled in; phrases are translated too."""
    said = {k: translate(str(v)) if isinstance(v, Phrase) else v for k, v in params.items()}
    return translate(msgid) % said if params else translate(msgid)


def first_line(kind: type) -> str:
    """Return the first docstring line of a class, or of the nearest ancestor that has one."""
    documented = next(ancestor for ancestor in kind.__mro__ if ancestor.__doc__)
    return (documented.__doc__ or "").strip().splitlines()[0]
