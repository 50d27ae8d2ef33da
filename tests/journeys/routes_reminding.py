"""The addresses of escalation, reminders and quiet hours."""

from __future__ import annotations

from tests.journeys.routing import form, having, page
from wanmi.organisation import duties

PROCEDURES = having(duties.EDIT_PROCEDURES)

REMINDING = [
    page("escalation", PROCEDURES),
    form("escalation", PROCEDURES, body=lambda scene: {"percent": "100", "tell": "holder"}),
    form("escalation/<int:key>/drop", PROCEDURES, url="escalation/0/drop", ok=frozenset({404})),
]
