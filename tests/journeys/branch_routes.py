"""The addresses of a case's branches: errands beside the drawing."""

from __future__ import annotations

from tests.journeys.routing import ELSEWHERE, EVERYONE, api, form, having, page
from wanmi.organisation import duties

HIDDEN = frozenset({404})
CASE_READERS = having(duties.SEE_CASES) - {ELSEWHERE}

BRANCHES = [
    # Whoever holds a link may look; this one is nobody's.
    page("o/<str:token>", EVERYONE, url="o/nothing", ok=frozenset({404})),
    form("o/<str:token>", EVERYONE, url="o/nothing", ok=frozenset({404, 429})),
    form(
        "cases/<str:number>/errands/<slug:kind>",
        frozenset(),
        url="cases/{number}/errands/instruction",
        refused=HIDDEN | {403, 409, 422},
    ),
    form(
        "cases/<str:number>/errands/<int:key>/end",
        frozenset(),
        url="cases/{number}/errands/999/end",
        refused=HIDDEN | {403},
    ),
    api(
        "GET", "cases/{number}/errands", CASE_READERS, url="cases/{number}/errands", refused=HIDDEN
    ),
    api(
        "POST",
        "cases/{number}/errands/{kind}",
        frozenset(),
        url="cases/{number}/errands/nothing",
        body=lambda scene: {},
        refused=HIDDEN | {403, 422},
    ),
    api(
        "POST",
        "cases/{number}/errands/{errand_id}/end",
        frozenset(),
        url="cases/{number}/errands/999/end",
        body=lambda scene: {"reason": "x"},
        refused=HIDDEN | {403},
    ),
    form(
        "cases/<str:number>/requests/<int:key>/shirking",
        frozenset(),
        url="cases/{number}/requests/999/shirking",
        refused=HIDDEN | {403, 409, 422},
    ),
    api(
        "POST",
        "cases/{number}/adjustments/{adjustment_id}/shirking",
        frozenset(),
        url="cases/{number}/adjustments/999/shirking",
        body=lambda scene: {"words": "无正当理由"},
        refused=HIDDEN | {403, 409},
    ),
    page("controls", having(duties.EDIT_CONTROLS)),
    form("controls", having(duties.EDIT_CONTROLS)),
    form(
        "controls/<int:key>/end",
        frozenset(),
        url="controls/999999/end",
        refused=HIDDEN | {403},
    ),
    api("GET", "controls", having(duties.SEE_CASES)),
]
