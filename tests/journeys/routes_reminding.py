"""The addresses of the inbox, of escalation, reminders and quiet hours."""

from __future__ import annotations

from tests.journeys.routing import EVERYONE, SIGNED_IN, api, form, having, page
from wanmi.organisation import duties

PROCEDURES = having(duties.EDIT_PROCEDURES)
HIDDEN = frozenset({404})

REMINDING = [
    # The inbox of each person.
    page("notices/bell", SIGNED_IN),
    api("GET", "notices", SIGNED_IN),
    api("POST", "notices/read", SIGNED_IN, body=lambda scene: {}),
    api("POST", "notices/{key}/read", frozenset(), url="notices/0/read", refused=HIDDEN),
    page("notices", SIGNED_IN),
    form("notices/read", SIGNED_IN),
    form("notices/<int:key>/open", frozenset(), url="notices/999999/open", refused=HIDDEN),
    page("notices/quiet", SIGNED_IN),
    form("notices/quiet", SIGNED_IN, body=lambda scene: {"from_time": "22:00", "to_time": "07:00"}),
    # Rings of a browser: of one's own inbox, or of a topic one holds the token of.
    page("notices/worker.js", EVERYONE),
    page("push/key", EVERYONE),
    *(form(f"push/{deed}", EVERYONE, ok=frozenset({422})) for deed in ("look", "on", "off")),
    # The supervision board as a file.
    page("supervisions/export", having(duties.EXPORT_CASES)),
    # Who is told when.
    page("reminders", PROCEDURES),
    page("reminders/new", PROCEDURES),
    form("reminders/new", PROCEDURES, body=lambda scene: {"at_time": "08:30"}),
    page("reminders/<int:key>", PROCEDURES, url="reminders/0", ok=frozenset({404})),
    form("reminders/<int:key>", PROCEDURES, url="reminders/0", ok=frozenset({404})),
    form("reminders/<int:key>/drop", PROCEDURES, url="reminders/0/drop", ok=frozenset({404})),
    page("escalation", PROCEDURES),
    form("escalation", PROCEDURES, body=lambda scene: {"percent": "100", "tell": "holder"}),
    form("escalation/<int:key>/drop", PROCEDURES, url="escalation/0/drop", ok=frozenset({404})),
]
