"""The addresses of the field terminal and of what rooms put on it."""

from __future__ import annotations

from tests.journeys.routing import EVERYONE, SIGNED_IN, having, page
from wanmi.organisation import duties

SEES = having(duties.SEE_CASES)

FIELD = [
    page("field/", SEES),
    page("field/session", SIGNED_IN, refused=frozenset({401})),
    page("field/manifest.webmanifest", EVERYONE),
    page("field/sw.js", EVERYONE),
]
