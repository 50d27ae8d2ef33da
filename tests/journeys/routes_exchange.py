"""The addresses of other systems; the standard is open to everybody, its keys are not."""

from __future__ import annotations

from tests.journeys.routing import ELSEWHERE, EVERYONE, form, having, page
from wanmi.organisation import duties

KEEPERS = having(duties.EDIT_PEOPLE)
ANSWERING = having(duties.ANSWER_CONTACTS)
TOLD = frozenset({200, 400, 403, 404})

EXCHANGE = [
    *(
        page(f"open311/v2/{path}.<open311:form>", EVERYONE, url=f"open311/v2/{url}.json", ok=TOLD)
        for path, url in (
            ("discovery", "discovery"),
            ("services", "services"),
            ("services/<str:code>", "services/event-06001"),
            ("requests", "requests"),
            ("requests/<str:code>", "requests/NOBODY"),
            ("tokens/<str:code>", "tokens/NOBODY"),
        )
    ),
    # Who brings something shows a key instead of a session.
    form(
        "open311/v2/requests.<open311:form>",
        EVERYONE,
        url="open311/v2/requests.json",
        ok=TOLD,
    ),
    # Programs sign what they bring; nobody's session counts there.
    form("exchange/sms", EVERYONE, ok=frozenset({403})),
    page("exchange/wechat", EVERYONE, ok=frozenset({403})),
    form("exchange/wechat", EVERYONE, ok=frozenset({403})),
    page("exchange/work-orders", ANSWERING),
    form("exchange/work-orders", ANSWERING),
    *(
        form(
            f"exchange/work-orders/<int:order>/{action}",
            ANSWERING,
            url=f"exchange/work-orders/999999/{action}",
            ok=frozenset({404}),
            refused=frozenset({403, 404}),
        )
        for action in ("sign", "contact", "return")
    ),
    page("exchange/keys", KEEPERS),
    form("exchange/keys", KEEPERS, body=lambda scene: {"name": ""}),
    form(
        "exchange/keys/<int:key>/revoke",
        KEEPERS - {ELSEWHERE},
        url="exchange/keys/999999/revoke",
        ok=frozenset({404}),
        refused=frozenset({403, 404}),
    ),
]
