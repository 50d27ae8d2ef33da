"""The addresses of procedures and decision tables."""

from __future__ import annotations

from tests.journeys.routing import form, having, page
from wanmi.organisation import duties

EDITORS = having(duties.EDIT_PROCEDURES)

PROCEDURES = [
    # Procedures and decision tables: a script posts JSON there; what is no JSON is refused.
    page("procedures", EDITORS),
    page("procedures/<slug:code>/edit", EDITORS, url="procedures/standard_case/edit"),
    form("procedures/<slug:code>/check", EDITORS, url="procedures/standard_case/check"),
    form("procedures/<slug:code>/draft", EDITORS, url="procedures/standard_case/draft"),
    form("procedures/<slug:code>/simulate", EDITORS, url="procedures/standard_case/simulate"),
    page(
        "procedures/<slug:code>/publish",
        EDITORS,
        url="procedures/standard_case/publish",
        ok=frozenset({200, 302}),
        refused=frozenset({403}),
    ),
    form("procedures/<slug:code>/discard", EDITORS, url="procedures/standard_case/discard"),
    page(
        "procedures/<slug:code>/forms/<slug:form>",
        EDITORS,
        url="procedures/standard_case/forms/check",
    ),
    form(
        "procedures/<slug:code>/forms/<slug:form>/preview",
        EDITORS,
        url="procedures/standard_case/forms/check/preview",
    ),
    page("procedures/<slug:code>/<int:number>", EDITORS, url="procedures/standard_case/1"),
    page(
        "procedures/<slug:code>/<int:number>/drawing.bpmn",
        EDITORS,
        url="procedures/standard_case/1/drawing.bpmn",
    ),
    form(
        "procedures/<slug:code>/<int:number>/restore",
        EDITORS,
        url="procedures/standard_case/1/restore",
    ),
    page(
        "procedures/<slug:code>/<int:number>/move",
        EDITORS,
        url="procedures/standard_case/1/move",
    ),
    form(
        "procedures/<slug:code>/<int:number>/move",
        EDITORS,
        url="procedures/standard_case/1/move",
    ),
    page("decisions/<slug:code>", EDITORS, url="decisions/routing"),
    form("decisions/<slug:code>/check", EDITORS, url="decisions/routing/check"),
    form("decisions/<slug:code>/publish", EDITORS, url="decisions/routing/publish"),
]
