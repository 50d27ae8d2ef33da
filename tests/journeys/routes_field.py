"""The addresses of the field terminal and of what rooms put on it."""

from __future__ import annotations

from tests.journeys.routing import ELSEWHERE, EVERYONE, SIGNED_IN, api, having, page
from wanmi.organisation import duties

SEES = having(duties.SEE_CASES)
SENDS = having(duties.REPORT, duties.WORK_TASKS)
NOTES = (SEES & SENDS) - {ELSEWHERE}

FIELD = [
    page("field/", SEES),
    page("field/areas", SEES),
    page("field/session", SIGNED_IN, refused=frozenset({401})),
    page("field/manifest.webmanifest", EVERYONE),
    page("field/map-worker.mjs", EVERYONE),
    page("field/sw.js", EVERYONE),
    # Uploads in pieces: without the protocol's version nobody is served, and only one's own exist.
    api("POST", "uploads", SENDS, ok=frozenset({412})),
    # A note on a case by whoever may see it, whatever has become of it.
    api(
        "POST",
        "cases/{number}/notes",
        NOTES,
        url="cases/{number}/notes",
        body=lambda scene: {"words": "现场已有人清理"},
        ok=frozenset({201}),
        refused=frozenset({403, 404}),
    ),
    *(
        api(method, "uploads/{name}", SENDS, url="uploads/none", ok=frozenset({412}))
        for method in ("PATCH", "DELETE")
    ),
]
