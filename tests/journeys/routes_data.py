"""The addresses of catalogue, working calendar and parts register."""

from __future__ import annotations

from typing import Any

from tests.journeys.routing import ELSEWHERE, Scene, api, form, having, page
from tests.town import INSIDE
from wanmi.organisation import duties

PART_READERS = having(duties.SEE_PARTS) - {ELSEWHERE}
PART_KEEPERS = having(duties.EDIT_PARTS) - {ELSEWHERE}
NOT_HERE = frozenset({403, 404})
CITY_KEEPERS = having(duties.EDIT_CATALOGUE) - {ELSEWHERE}


def _part(_scene: Scene) -> dict[str, Any]:
    return {"category": "01999", "lon": INSIDE[0], "lat": INSIDE[1]}


def _part_change(_scene: Scene) -> dict[str, Any]:
    return {"version": 1, "reason": "x", "state": "damaged"}


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
    # The scene's part stands in the first street.
    page("parts", having(duties.SEE_PARTS)),
    page("parts/export", having(duties.SEE_PARTS)),
    page("parts/new", having(duties.EDIT_PARTS)),
    form("parts/new", having(duties.EDIT_PARTS), body=lambda scene: {}),
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
