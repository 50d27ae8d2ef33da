"""The addresses of surveys and consultations; the scene's are of its first street."""

from __future__ import annotations

from typing import Any

from tests.journeys.routing import ELSEWHERE, SIGNED_IN, Scene, api, form, having, page
from wanmi.organisation import duties

HIDDEN = frozenset({404})
HIDDEN_OR_NOT = frozenset({403, 404})
READERS = having(duties.SEE_CASES) - {ELSEWHERE}
SENT = frozenset({200, 302, 422})
COLLECTORS = frozenset({"supervisor"})


def _survey(_scene: Scene) -> dict[str, Any]:
    return {
        "title": "垃圾普查",
        "category": "event/06001",
        "area": "990101001",
        "starts_on": "2099-11-01",
        "ends_on": "2099-11-20",
    }


def _finding(_scene: Scene) -> dict[str, Any]:
    return {"description": "有垃圾"}


def _consultation(scene: Scene) -> dict[str, Any]:
    said = {"topic": "清运责任", "question": "由谁清运？", "departments": ["CLEAN"]}
    return {**said, "case": scene.case.number}


SURVEYS_AND_CONSULTATIONS = [
    api("GET", "surveys", SIGNED_IN),
    api(
        "POST",
        "surveys",
        having(duties.ORDER_SURVEYS) - {ELSEWHERE},
        body=_survey,
        ok=frozenset({201}),
    ),
    api("GET", "surveys/{number}", READERS, url="surveys/{survey}", refused=HIDDEN),
    api(
        "POST",
        "surveys/{number}/shares/{share_id}/findings",
        COLLECTORS,
        url="surveys/{survey}/shares/{share}/findings",
        body=_finding,
        ok=frozenset({201}),
        refused=HIDDEN_OR_NOT,
    ),
    page("surveys", having(duties.SEE_CASES)),
    page("surveys/new", having(duties.ORDER_SURVEYS)),
    form("surveys/new", having(duties.ORDER_SURVEYS), body=_survey, ok=SENT | {403}),
    page("surveys/<str:number>", READERS, url="surveys/{survey}", refused=HIDDEN_OR_NOT),
    page(
        "surveys/<str:number>/export",
        having(duties.EXPORT_CASES) - {ELSEWHERE},
        url="surveys/{survey}/export",
        refused=HIDDEN_OR_NOT,
    ),
    page(
        "surveys/<str:number>/drawing.bpmn",
        READERS,
        url="surveys/{survey}/drawing.bpmn",
        refused=HIDDEN_OR_NOT,
    ),
    page(
        "surveys/<str:number>/shares/<int:key>",
        READERS,
        url="surveys/{survey}/shares/{share}",
        refused=HIDDEN_OR_NOT,
    ),
    form(
        "surveys/<str:number>/shares/<int:key>",
        COLLECTORS,
        url="surveys/{survey}/shares/{share}",
        body=_finding,
        ok=frozenset({302}),
        refused=HIDDEN_OR_NOT,
    ),
    api("GET", "consultations", SIGNED_IN),
    # Who looks after other areas is not told that the case exists.
    api(
        "POST",
        "consultations",
        having(duties.OPEN_CONSULTATIONS) - {ELSEWHERE},
        body=_consultation,
        ok=frozenset({201}),
        refused=frozenset({403, 422}),
    ),
    api(
        "GET",
        "consultations/{number}",
        READERS,
        url="consultations/{consultation}",
        refused=HIDDEN,
    ),
    page("consultations", having(duties.SEE_CASES)),
    page("consultations/new", having(duties.OPEN_CONSULTATIONS)),
    form("consultations/new", having(duties.OPEN_CONSULTATIONS)),
    page(
        "consultations/<str:number>",
        READERS,
        url="consultations/{consultation}",
        refused=HIDDEN_OR_NOT,
    ),
    page(
        "consultations/<str:number>/drawing.bpmn",
        READERS,
        url="consultations/{consultation}/drawing.bpmn",
        refused=HIDDEN_OR_NOT,
    ),
]
