"""The addresses of what people bring to the city."""

from __future__ import annotations

from typing import Any

from tests.journeys.routes_field import FIELD
from tests.journeys.routes_portal import PORTAL
from tests.journeys.routing import ELSEWHERE, Scene, api, form, having, page
from wanmi.organisation import duties

HIDDEN_OR_NOT = frozenset({403, 404})
CONTACT_READERS = having(duties.SEE_CONTACTS) - {ELSEWHERE}
CONTACT_CLERKS = having(duties.ANSWER_CONTACTS) - {ELSEWHERE}


def _matter(_scene: Scene) -> dict[str, Any]:
    return {"door": "letter", "words": "问", "purpose": "consultation"}


INTAKE = [
    *PORTAL,
    *FIELD,
    # What people bring to the city.
    page("contacts", having(duties.SEE_CONTACTS)),
    page("contacts/export", having(duties.SEE_CONTACTS)),
    page("contacts/new", having(duties.ANSWER_CONTACTS)),
    form("contacts/new", having(duties.ANSWER_CONTACTS), body=_matter),
    page(
        "contacts/<str:number>",
        CONTACT_READERS,
        url="contacts/{contact}",
        refused=HIDDEN_OR_NOT,
    ),
    *(
        form(
            f"contacts/<str:number>/{deed}",
            CONTACT_CLERKS,
            url=f"contacts/{{contact}}/{deed}",
            refused=HIDDEN_OR_NOT,
            body=lambda scene: {"say-words": "稍候", "reason": "x"},
        )
        for deed in ("say", "block")
    ),
    form(
        "contacts/<str:number>/sender",
        CONTACT_CLERKS,
        url="contacts/{contact}/sender",
        refused=HIDDEN_OR_NOT,
    ),
    api("GET", "contacts", having(duties.SEE_CONTACTS)),
    api(
        "POST",
        "contacts",
        having(duties.ANSWER_CONTACTS),
        ok=frozenset({201}),
        body=_matter,
    ),
    api(
        "GET",
        "contacts/{number}",
        CONTACT_READERS,
        url="contacts/{contact}",
        refused=HIDDEN_OR_NOT,
    ),
    api(
        "POST",
        "contacts/{number}/messages",
        CONTACT_CLERKS,
        url="contacts/{contact}/messages",
        refused=HIDDEN_OR_NOT,
        body=lambda scene: {"words": "稍候"},
    ),
]
