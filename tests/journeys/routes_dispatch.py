"""The addresses of duty and the command desk; the scene's stint and alarm are the supervisor's."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.journeys.routing import ELSEWHERE, SIGNED_IN, Scene, api, form, having, page
from tests.town import INSIDE
from wanmi.organisation import duties

HIDDEN = frozenset({404})
HIDDEN_OR_NOT = frozenset({403, 404})
MADE = frozenset({201})
WALKERS = having(duties.PATROL)
SEERS = having(duties.SEE_PATROLS)
LEADERS = having(duties.LEAD_PATROLS)
HERE = {"lon": INSIDE[0], "lat": INSIDE[1]}
# Whose stint and alarm the scene has may see their own, but has no desk.
MINE = SEERS - {ELSEWHERE} | {"supervisor"}
# The scene's call-out was sent by who leads the patrols of the whole city.
OF_THE_CITY = frozenset({"leader", "duty_leader"})
ON_AND_NOT = frozenset({201, 409})


def _tracks(_scene: Scene) -> dict[str, Any]:
    at = round(timezone.now().timestamp() * 1000)
    return {"device": "phone", "sequence": [1], "at": [at], "lon": [120.0], "lat": [30.0]}


def _shift(scene: Scene) -> dict[str, Any]:
    times = {"day": "2099-01-05", "begins": "08:00", "ends": "17:00"}
    return {"person": "supervisor", "duty_grid": "D77", **times}


def _callout(_scene: Scene) -> dict[str, Any]:
    return {"words": "请到桥头集合", "people": ["supervisor"]}


def _group(_scene: Scene) -> dict[str, Any]:
    return {"name": "机动组", "people": ["supervisor"]}


def _reason(_scene: Scene) -> dict[str, Any]:
    return {"reason": "手机没电", "note": "已到场处理"}


DISPATCH = [
    api("GET", "duty", WALKERS),
    api("POST", "duty/sign-on", WALKERS, body=lambda s: HERE, ok=ON_AND_NOT),
    # Nobody but who is on duty can go off it; that is said to everybody who may be.
    api("POST", "duty/sign-off", SIGNED_IN, body=lambda s: HERE, ok=ON_AND_NOT),
    api("POST", "duty/break", SIGNED_IN, ok=frozenset({200, 409})),
    api("DELETE", "duty/break", SIGNED_IN, ok=frozenset({200, 409})),
    api("GET", "duty/coverage", WALKERS),
    api("POST", "tracks", WALKERS, body=_tracks, ok=MADE),
    api("GET", "whereabouts", SEERS),
    api(
        "GET",
        "stints/{stint_id}/track",
        MINE,
        url="stints/{stint}/track",
        refused=HIDDEN,
    ),
    api("POST", "alarms", WALKERS, body=lambda s: {"key": "k2"}, ok=MADE),
    api("GET", "alarms/{alarm_id}", MINE, url="alarms/{alarm}", refused=HIDDEN),
    api(
        "POST",
        "alarms/{alarm_id}/acknowledge",
        LEADERS - {ELSEWHERE},
        url="alarms/{alarm}/acknowledge",
        refused=HIDDEN_OR_NOT,
    ),
    api(
        "POST",
        "alarms/{alarm_id}/close",
        LEADERS - {ELSEWHERE},
        url="alarms/{alarm}/close",
        body=_reason,
        ok=frozenset({200, 409}),
        refused=HIDDEN_OR_NOT,
    ),
    api("GET", "callouts", WALKERS),
    api(
        "POST",
        "callouts",
        LEADERS,
        body=_callout,
        ok=frozenset({201, 422}),
    ),
    api(
        "GET",
        "callouts/{callout_id}",
        OF_THE_CITY,
        url="callouts/{callout}",
        refused=HIDDEN,
    ),
    api(
        "POST",
        "callouts/{callout_id}/answer",
        frozenset({"supervisor"}),
        url="callouts/{callout}/answer",
        body=lambda s: {"answer": "accepted"},
        refused=HIDDEN,
    ),
    *(
        page(f"dispatch{rest}", SEERS)
        for rest in (
            "",
            "/now",
            "/nearest",
            "/alarms",
            "/plan",
            "/attendance",
            "/attendance/export",
            "/coverage",
            "/coverage/export",
        )
    ),
    *(page(f"dispatch/{name}", LEADERS) for name in ("callouts", "groups")),
    page(
        "dispatch/alarms/<int:key>",
        SEERS - {ELSEWHERE},
        url="dispatch/alarms/{alarm}",
        refused=HIDDEN_OR_NOT,
    ),
    *(
        page(
            f"dispatch/stints/<int:key>{rest}",
            SEERS - {ELSEWHERE},
            url=f"dispatch/stints/{{stint}}{rest}",
            refused=HIDDEN_OR_NOT,
        )
        for rest in ("", "/track")
    ),
    page(
        "dispatch/callouts/<int:key>",
        OF_THE_CITY,
        url="dispatch/callouts/{callout}",
        refused=HIDDEN_OR_NOT,
    ),
    form("dispatch/plan", LEADERS, body=_shift),
    form("dispatch/callouts", LEADERS, body=_callout),
    form("dispatch/groups", LEADERS, body=_group),
    *(
        form(
            f"dispatch/{path}",
            LEADERS - {ELSEWHERE},
            url=f"dispatch/{url}",
            body=_reason,
            ok=frozenset({200, 302, 409, 422}),
            refused=HIDDEN_OR_NOT,
        )
        for path, url in (
            ("alarms/<int:key>/answer", "alarms/{alarm}/answer"),
            ("alarms/<int:key>/close", "alarms/{alarm}/close"),
            ("plan/<int:key>/withdraw", "plan/{shift}/withdraw"),
            ("shifts/<int:key>/enter", "shifts/{shift}/enter"),
            ("stints/<int:key>/correct", "stints/{stint}/correct"),
        )
    ),
]
