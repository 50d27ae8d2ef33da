"""What a route of the table is: who gets in, what a proper call looks like.

The roles are the shipped ones, somebody from elsewhere with every duty, and
who has not signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.town import Town
from wanmi.organisation import duties

ROLES = frozenset(duties.SHIPPED_ROLES)
NOBODY = "nobody"
"""Who has not signed in."""
ELSEWHERE = "elsewhere"
"""Somebody with every duty, in a street where nothing of the scene lies."""


def having(*wanted: str) -> frozenset[str]:
    """Return the shipped roles that hold any of these duties, and the one from elsewhere."""
    found = {role for role, (_, _, held) in duties.SHIPPED_ROLES.items() if {*held} & {*wanted}}
    return frozenset(found | {ELSEWHERE})


SIGNED_IN = ROLES | {ELSEWHERE}
EVERYONE = SIGNED_IN | {NOBODY}


@dataclass(frozen=True)
class Scene:
    """What the addresses point at: a filed case with a photograph, in the first street."""

    town: Town
    case: Any
    task: Any
    media: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """One way in: method, declared path, who gets in, and an example call."""

    method: str
    path: str
    allow: frozenset[str]
    url: str = ""
    body: Callable[[Scene], dict[str, Any]] | None = None
    ok: frozenset[int] = frozenset({200})
    # Where the very existence is hidden, the answer is 404.
    refused: frozenset[int] = frozenset({403})
    form: bool = False

    def __str__(self) -> str:
        return f"{self.method} /{self.path}"

    @property
    def is_api(self) -> bool:
        """Programs get problem details; people are led to the sign-in page."""
        return self.path.startswith("api/")


def api(method: str, path: str, allow: frozenset[str], **more: Any) -> Route:
    """Return a route of the HTTP API."""
    return Route(method, f"api/v1/{path}", allow, **more)


def page(path: str, allow: frozenset[str], **more: Any) -> Route:
    """Return a page that is read."""
    return Route("GET", path, allow, **more)


def form(path: str, allow: frozenset[str], **more: Any) -> Route:
    """Return a form that is sent; 303, 302, 204 and 422 are answers to who may send it."""
    ok = more.pop("ok", frozenset({200, 204, 302, 303, 422}))
    return Route("POST", path, allow, form=True, ok=ok, **more)
