"""Every address of the house, who may use it, and what a proper call looks like.

A route that is not listed here fails `test_route_roles.py`; so does a listed
one that is gone. `allow` names the roles that get in; everyone else, and who
has not signed in, must be turned away.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.evidence import files
from tests.journeys.branch_routes import BRANCHES
from tests.journeys.routes_data import CITY_DATA
from tests.journeys.routes_dispatch import DISPATCH
from tests.journeys.routes_exchange import EXCHANGE
from tests.journeys.routes_hotline import HOTLINE
from tests.journeys.routes_intake import INTAKE
from tests.journeys.routes_procedures import PROCEDURES
from tests.journeys.routes_reminding import REMINDING
from tests.journeys.routes_surveys import SURVEYS_AND_CONSULTATIONS
from tests.journeys.routes_triage import TRIAGE
from tests.journeys.routes_upkeep import UPKEEP
from tests.journeys.routing import (
    ELSEWHERE,
    EVERYONE,
    SIGNED_IN,
    Scene,
    api,
    form,
    having,
    page,
)
from tests.town import INSIDE
from wanmi.organisation import duties


def _photograph(_scene: Scene) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("a.jpg", files.picture(), "image/jpeg")}


def _report(_scene: Scene) -> dict[str, Any]:
    return {"description": "x", "lon": INSIDE[0], "lat": INSIDE[1]}


HIDDEN = frozenset({404})
HIDDEN_OR_NOT = frozenset({403, 404})
KEEPERS = having(duties.EDIT_AREAS) - {ELSEWHERE}
ANY = frozenset({200, 204, 302, 303, 400, 404, 409, 422})


CASE_READERS = having(duties.SEE_CASES) - {ELSEWHERE}
PEOPLE_KEEPERS = having(duties.EDIT_PEOPLE) - {ELSEWHERE}
BODY_READERS = having(duties.SEE_CASES) - {ELSEWHERE}
NOT_HERE = frozenset({403, 404})

ROUTES = [
    *SURVEYS_AND_CONSULTATIONS,
    *HOTLINE,
    *DISPATCH,
    *TRIAGE,
    # Health and what every process tells.
    page("healthz", EVERYONE),
    page("readyz", EVERYONE, ok=frozenset({200, 503})),
    # Asked from this machine, as here; tests/shell/test_metrics.py asks from elsewhere.
    page("metrics", EVERYONE),
    # The one search box.
    page("search", SIGNED_IN),
    form("search", SIGNED_IN, body=lambda scene: {"q": "0137"}),
    # Signing in and out.
    page("sign-in", EVERYONE, ok=frozenset({200, 302})),
    form("sign-in", EVERYONE, body=lambda scene: {"username": "x"}, ok=ANY | {401, 403}),
    form("sign-out", EVERYONE),
    api("POST", "auth/token", EVERYONE, ok=frozenset({401, 403, 422}), body=lambda scene: {}),
    api("DELETE", "auth/token", SIGNED_IN, ok=ANY),
    # Everybody's own account.
    page("me", SIGNED_IN),
    form("me/profile", SIGNED_IN, body=lambda scene: {"name_zh": "孙丽"}),
    form("me/password", SIGNED_IN, body=lambda scene: {"current": "x"}),
    form("me/tokens", SIGNED_IN, body=lambda scene: {"label": "x"}),
    form("me/tokens/end", SIGNED_IN),
    form("me/tokens/<int:key>/end", frozenset(), url="me/tokens/999999/end", refused=HIDDEN),
    api("GET", "me", SIGNED_IN),
    api("PATCH", "me", SIGNED_IN, body=lambda scene: {"name_en": "Sun Li"}),
    api("POST", "me/password", SIGNED_IN, body=lambda scene: {"current": "x"}, ok=ANY),
    api("GET", "me/tokens", SIGNED_IN),
    api("DELETE", "me/tokens/{key}", frozenset(), url="me/tokens/999999", refused=HIDDEN),
    form(
        "me/devices/<int:key>/revoke", frozenset(), url="me/devices/999999/revoke", refused=HIDDEN
    ),
    api("GET", "me/devices", SIGNED_IN),
    page("record", SIGNED_IN),
    api("GET", "me/record", SIGNED_IN),
    api("DELETE", "me/devices/{key}", frozenset(), url="me/devices/999999", refused=HIDDEN),
    api("POST", "devices/challenge", SIGNED_IN),
    # Nobody here holds a key; what is refused is the proof, not the person.
    api("POST", "devices", SIGNED_IN, body=lambda scene: {}, ok=ANY),
    # The live stream; what flows in it is sifted entry by entry (tests/notices/test_live.py).
    page("events", SIGNED_IN, refused=frozenset({401, 403})),
    # The journal.
    page("journal", having(duties.SEE_JOURNAL)),
    api("GET", "journal", having(duties.SEE_JOURNAL)),
    # The reader's own settings.
    form("preferences/theme", EVERYONE, body=lambda scene: {"theme": "dark"}),
    form("preferences/language", EVERYONE, body=lambda scene: {"language": "en"}),
    # Which area to look at: only inside one's own; the empty one is all of them.
    form("preferences/area", SIGNED_IN, body=lambda scene: {"area": ""}),
    # The gallery of components is a page for administrators; elsewhere it does not exist.
    page("_gallery", having(duties.EDIT_PEOPLE), refused=HIDDEN),
    page("_gallery/<slug:name>", having(duties.EDIT_PEOPLE), url="_gallery/badge", refused=HIDDEN),
    # The map.
    page("basemap/style.json", EVERYONE, ok=frozenset({200, 204})),
    page(
        "basemap/<int:zoom>/<int:x>/<int:y>.mvt",
        EVERYONE,
        url="basemap/14/1/1.mvt",
        ok=frozenset({200, 204, 404}),
    ),
    page(
        "tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.mvt",
        SIGNED_IN,
        url="tiles/grids/14/13653/6759.mvt",
        ok=frozenset({200, 204}),
        refused=frozenset({401, 403}),
    ),
    page("areas", having(duties.EDIT_AREAS)),
    # Who looks after other areas is not told that this one exists.
    page("areas/<slug:code>", KEEPERS, url="areas/990101001", refused=HIDDEN_OR_NOT),
    *(
        form(
            f"areas/<slug:code>/{deed}",
            KEEPERS,
            url=f"areas/990101001/{deed}",
            ok=frozenset({200, 409, 422}),
            refused=HIDDEN_OR_NOT,
            body=lambda scene: {"name_zh": "桥头街道", "last_day": "2026-12-31"},
        )
        for deed in ("change", "end")
    ),
    page("duty-grids", having(duties.EDIT_AREAS)),
    form("duty-grids/make", having(duties.EDIT_AREAS), body=lambda scene: {}, ok=ANY),
    form(
        "areas/<slug:code>/members",
        KEEPERS,
        url="areas/990101001/members",
        ok=frozenset({404}),
        refused=HIDDEN_OR_NOT,
    ),
    form(
        "organisation/duty-grids/<slug:code>/responsible",
        having(duties.EDIT_AREAS),
        url="organisation/duty-grids/NONE/responsible",
        ok=frozenset({404}),
    ),
    # Areas, points and addresses: whoever holds a post may ask.
    api("GET", "locate", SIGNED_IN, url="locate?lon=120.0005&lat=30.0005"),
    api("POST", "locate", SIGNED_IN, body=lambda scene: {"points": [[120.0005, 30.0005]]}),
    api("GET", "geocode", SIGNED_IN, url="geocode?q=%E6%A1%A5"),
    api("POST", "geocode", SIGNED_IN, body=lambda scene: {"addresses": ["桥头路12号"]}),
    api("GET", "areas", SIGNED_IN),
    api("GET", "areas/{code}", SIGNED_IN, url="areas/990101"),
    # Media: the same answer for what is not there and what may not be seen.
    page(
        "media/<int:key>/<slug:variant>",
        CASE_READERS,
        url="media/{media}/original",
        refused=HIDDEN,
    ),
    api(
        "POST",
        "media",
        having(duties.REPORT, duties.WORK_TASKS),
        body=_photograph,
        ok=frozenset({201}),
    ),
    # Cases and tasks.
    api("POST", "reports", having(duties.REPORT), body=_report, ok=frozenset({201})),
    api("GET", "cases", SIGNED_IN),
    api("GET", "cases/{number}", CASE_READERS, url="cases/{number}", refused=HIDDEN),
    api(
        "GET",
        "cases/{number}/adjustments",
        CASE_READERS,
        url="cases/{number}/adjustments",
        refused=HIDDEN,
    ),
    # The scene's case waits for the acceptor: only a forced closing can be asked, by one role.
    api(
        "POST",
        "cases/{number}/adjustments",
        frozenset({"duty_leader"}),
        url="cases/{number}/adjustments",
        body=lambda scene: {"kind": "force_close", "reason": "领导决定"},
        ok=frozenset({201}),
        refused=frozenset({403, 404}),
    ),
    api(
        "POST",
        "cases/{number}/adjustments/{adjustment_id}/withdraw",
        frozenset(),
        url="cases/{number}/adjustments/0/withdraw",
        refused=HIDDEN,
    ),
    api("GET", "cases/{number}/urges", CASE_READERS, url="cases/{number}/urges", refused=HIDDEN),
    api(
        "POST",
        "cases/{number}/urges",
        having(duties.SUPERVISE) - {ELSEWHERE},
        url="cases/{number}/urges",
        body=lambda scene: {"kind": "supervise", "words": "请尽快处理"},
        ok=frozenset({201}),
        refused=frozenset({403, 404}),
    ),
    api("GET", "tasks", SIGNED_IN),
    # The scene's task waits for the acceptor, who has claimed it.
    api(
        "POST",
        "tasks/{task_id}/actions/{action}",
        frozenset({"acceptor"}),
        url="tasks/{task}/actions/submit",
    ),
    api("POST", "tasks/{task_id}/claim", frozenset({"acceptor"}), url="tasks/{task}/claim"),
    api("POST", "tasks/{task_id}/release", frozenset({"acceptor"}), url="tasks/{task}/release"),
    api(
        "POST",
        "tasks/{task_id}/reassign",
        having(duties.REASSIGN_TASKS) - {ELSEWHERE},
        url="tasks/{task}/reassign",
        body=lambda scene: {"username": "acceptor"},
    ),
    # Pages of cases. Signed in is enough for the desk; what it lists is the reader's own.
    page("", SIGNED_IN, refused=frozenset({302})),
    page("board", having(duties.SEE_CASES)),
    page("board/areas", having(duties.SEE_CASES)),
    page("board/areas/export", having(duties.EXPORT_CASES)),
    page("supervisions", having(duties.SEE_CASES)),
    page("cases", having(duties.SEE_CASES)),
    page("cases/points", having(duties.SEE_CASES)),
    page("cases/export", having(duties.EXPORT_CASES)),
    page("cases/<str:number>", CASE_READERS, url="cases/{number}", refused=HIDDEN),
    page(
        "cases/<str:number>/drawing.bpmn",
        CASE_READERS,
        url="cases/{number}/drawing.bpmn",
        refused=HIDDEN | {403},
    ),
    form(
        "cases/<str:number>/reporter",
        having(duties.SEE_REPORTER) - {ELSEWHERE},
        url="cases/{number}/reporter",
        refused=HIDDEN_OR_NOT,
    ),
    page("report", having(duties.REPORT)),
    form("report", having(duties.REPORT)),
    page(
        "tasks/<int:key>",
        CASE_READERS & having(duties.WORK_TASKS),
        url="tasks/{task}",
        refused=HIDDEN | {403},
    ),
    form(
        "tasks/<int:key>/claim",
        frozenset({"acceptor"}),
        url="tasks/{task}/claim",
        refused=HIDDEN | {403},
    ),
    form(
        "tasks/<int:key>/release",
        frozenset({"acceptor"}),
        url="tasks/{task}/release",
        refused=HIDDEN | {403},
    ),
    form(
        "tasks/<int:key>/actions/<slug:action>",
        frozenset({"acceptor"}),
        url="tasks/{task}/actions/submit",
        refused=HIDDEN | {403},
    ),
    *CITY_DATA,
    form(
        "tasks/<int:key>/reassign",
        (having(duties.REASSIGN_TASKS) - {ELSEWHERE}),
        url="tasks/{task}/reassign",
        refused=HIDDEN | {403},
    ),
    form(
        "cases/<str:number>/requests/<slug:kind>",
        frozenset(),
        url="cases/{number}/requests/extension",
        refused=HIDDEN | {403, 409, 422},
    ),
    form(
        "cases/<str:number>/requests/<int:key>/withdraw",
        frozenset(),
        url="cases/{number}/requests/999/withdraw",
        refused=HIDDEN | {403},
    ),
    form(
        "cases/<str:number>/urges",
        having(duties.URGE, duties.SUPERVISE) - {ELSEWHERE},
        url="cases/{number}/urges",
        body=lambda scene: {"kind": "remind", "words": "请尽快"},
        refused=HIDDEN | {403},
    ),
    *BRANCHES,
    # The organisation: bodies of the own area and above, people of the own area.
    page("organisation", having(duties.SEE_CASES)),
    page("organisation/roles", having(duties.SEE_CASES)),
    page("organisation/me", SIGNED_IN),
    page(
        "organisation/bodies/<str:code>",
        BODY_READERS,
        url="organisation/bodies/STREET1",
        refused=NOT_HERE,
    ),
    page(
        "organisation/people/<str:username>",
        BODY_READERS,
        url="organisation/people/street",
        refused=NOT_HERE,
    ),
    *(
        form(
            f"organisation/{path}",
            PEOPLE_KEEPERS,
            url=f"organisation/{url}",
            ok=ANY,
            refused=NOT_HERE,
        )
        for path, url in [
            ("bodies/<str:code>/posts", "bodies/STREET1/posts"),
            ("bodies/<str:code>/people", "bodies/STREET1/people"),
            ("bodies/<str:code>/appointments", "bodies/STREET1/appointments"),
            ("appointments/<int:key>/end", "appointments/{appointment}/end"),
            ("people/<str:username>/lock", "people/street/lock"),
            ("people/<str:username>/unlock", "people/street/unlock"),
            ("people/<str:username>/password", "people/street/password"),
        ]
    ),
    api("GET", "bodies", having(duties.SEE_CASES)),
    api("GET", "bodies/{code}", BODY_READERS, url="bodies/STREET1", refused=NOT_HERE),
    *UPKEEP,
    *EXCHANGE,
    *INTAKE,
    *REMINDING,
    *PROCEDURES,
    # Everybody has an inbox of their own.
]
