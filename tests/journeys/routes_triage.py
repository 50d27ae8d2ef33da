"""The addresses of suggestions."""

from __future__ import annotations

from tests.journeys.routing import api, form, having, page
from wanmi.organisation import duties

STAFF = having(duties.WORK_TASKS)
KEEPERS = having(duties.EDIT_CATALOGUE)
DONE = frozenset({302, 404, 409})

TRIAGE = [
    api("POST", "triage/suggest", STAFF, body=lambda scene: {"description": "路口有垃圾"}),
    form("triage/typed", STAFF, body=lambda scene: {"words": "路口有垃圾"}),
    page("triage", KEEPERS),
    page("triage/progress", KEEPERS),
    page("triage/export", KEEPERS),
    form("triage/train", KEEPERS, ok=DONE),
    *(
        form(f"triage/<int:key>/{deed}", KEEPERS, url=f"triage/77/{deed}", ok=DONE)
        for deed in ("activate", "withdraw")
    ),
]
