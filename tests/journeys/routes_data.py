"""The addresses of catalogue, working calendar and parts register."""

from __future__ import annotations

from typing import Any

from tests.journeys.routing import ELSEWHERE, Scene, api, form, having, page
from tests.town import INSIDE
from wanmi.organisation import duties

PART_READERS = having(duties.SEE_PARTS) - {ELSEWHERE}
PART_KEEPERS = having(duties.EDIT_PARTS) - {ELSEWHERE}
NOT_HERE = frozenset({403, 404})
PROPOSER = frozenset({"supervisor"})
REQUEST = "parts/requests/{part_request}"
API_REQUEST = "part-requests/{part_request}"
CITY_KEEPERS = having(duties.EDIT_CATALOGUE) - {ELSEWHERE}


def _part(_scene: Scene) -> dict[str, Any]:
    return {"category": "01999", "lon": INSIDE[0], "lat": INSIDE[1]}


def _part_change(_scene: Scene) -> dict[str, Any]:
    return {"version": 1, "reason": "x", "state": "damaged"}


def _proposal(scene: Scene) -> dict[str, Any]:
    said = {"kind": "correct", "part": scene.values["part"], "name_zh": "灯"}
    return {**said, "reason": "名称有误"}


CITY_DATA = [
    # The catalogue is the same everywhere.
    page("catalogue", having(duties.SEE_CATALOGUE)),
    page("catalogue/calendar", having(duties.SEE_CATALOGUE)),
    form("catalogue/calendar/change", CITY_KEEPERS, body=lambda scene: {}),
    page(
        "catalogue/<slug:edition>/<slug:kind>/<slug:code>",
        having(duties.SEE_CATALOGUE),
        url="catalogue/2026/event/06001",
    ),
    api("GET", "categories", having(duties.SEE_CATALOGUE)),
    api(
        "GET",
        "categories/{kind}/{code}",
        having(duties.SEE_CATALOGUE),
        url="categories/event/06001",
    ),
    api("GET", "standards", having(duties.SEE_CATALOGUE)),
    # The scene's part stands in the first street.
    page("parts", having(duties.SEE_PARTS)),
    page("parts/export", having(duties.SEE_PARTS)),
    page("parts/new", having(duties.EDIT_PARTS)),
    form("parts/new", having(duties.EDIT_PARTS), body=lambda scene: {}),
    page("parts/requests", having(duties.SEE_PARTS)),
    page("parts/requests/new", having(duties.PROPOSE_PARTS)),
    form("parts/requests/new", having(duties.PROPOSE_PARTS), body=lambda scene: {}),
    form("parts/requests/decide", having(duties.WORK_TASKS), body=lambda scene: {}),
    page("parts/requests/export", having(duties.SEE_PARTS)),
    page("parts/requests/<slug:number>", PART_READERS, url=REQUEST, refused=NOT_HERE),
    page(
        "parts/requests/<slug:number>/drawing.bpmn",
        PART_READERS,
        url=f"{REQUEST}/drawing.bpmn",
        refused=NOT_HERE,
    ),
    form(
        "parts/requests/<slug:number>/withdraw",
        PROPOSER,
        url=f"{REQUEST}/withdraw",
        ok=frozenset({302}),
        refused=NOT_HERE,
    ),
    api("GET", "part-requests", having(duties.SEE_PARTS)),
    api(
        "POST",
        "part-requests",
        having(duties.PROPOSE_PARTS) - {ELSEWHERE},
        body=_proposal,
        ok=frozenset({201}),
        refused=NOT_HERE,
    ),
    api(
        "POST",
        "part-requests/decide",
        having(duties.WORK_TASKS),
        body=lambda scene: {"numbers": ["GX0"], "action": "approve"},
    ),
    api("GET", "part-requests/{number}", PART_READERS, url=API_REQUEST, refused=NOT_HERE),
    api("DELETE", "part-requests/{number}", PROPOSER, url=API_REQUEST, refused=NOT_HERE),
    page("parts/<slug:identifier>", PART_READERS, url="parts/{part}", refused=NOT_HERE),
    form(
        "parts/<slug:identifier>/change",
        PART_KEEPERS,
        url="parts/{part}/change",
        body=_part_change,
        refused=NOT_HERE,
    ),
    api("GET", "parts", having(duties.SEE_PARTS)),
    api("GET", "parts/nearby", having(duties.SEE_PARTS), url="parts/nearby?lon=120&lat=30"),
    api("POST", "parts", PART_KEEPERS, body=_part, ok=frozenset({201})),
    api("GET", "parts/{identifier}", PART_READERS, url="parts/{part}", refused=NOT_HERE),
    api(
        "PATCH",
        "parts/{identifier}",
        PART_KEEPERS,
        url="parts/{part}",
        body=_part_change,
        refused=NOT_HERE,
    ),
]
