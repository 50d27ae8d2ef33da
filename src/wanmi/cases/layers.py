"""The map layers of cases, open ones and all, with phase and lamp; their counts follow the news."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import get_language

from wanmi.geography import actions as geography
from wanmi.journal import actions as journal
from wanmi.kernel import cells
from wanmi.organisation.queries import duties

from .models import Case

LAYER, EVERY = "cases", "cases_all"
RECOUNT = "cases.recount_on_map"
PATIENCE = timedelta(seconds=3)
"""News of one place is gathered this long, then counted once."""
IN_TIME, PAUSED, SOON, OVERDUE = 1, 2, 3, 4
_GATHERED_BY_ZOOM = 18


class ClassName(F):
    """The name of a class in the language of whoever asks for the tile."""

    def __init__(self) -> None:
        super().__init__("category_zh")

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Choose the column when the question is put (Any: as Django declares it)."""
        english = (get_language() or "").startswith("en")
        return F("category_en" if english else "category_zh").resolve_expression(*args, **kwargs)


def offer() -> None:
    """Offer the layers `cases` (open ones) and `cases_all`; a point's id is the case's number."""
    for name, rows in ((LAYER, _open_cases), (EVERY, _every_case)):
        _offer(name, rows)


def _offer(name: str, rows: "Callable[[], QuerySet[Case]]") -> None:
    geography.offer_points(
        geography.PointLayer(
            name,
            duties.SEE_CASES,
            rows,
            properties={
                "id": "number",
                "number": "number",
                "name": ClassName(),
                "phase": "phase",
                "state": "state",
                "kind": "kind",
                "symbol": "category__symbol",
                "is_urgent": "is_urgent",
            },
            rank=lamp_rank,
            is_kept=True,
            turned=_turned,
        )
    )


def lamp_rank(at: datetime) -> Choice:
    """Return the lamp of a case at a moment as the map ranks lamps, calm to worst."""
    return Choice(
        When(ended_at__isnull=False, then=Value(0)),
        When(is_suspended=True, then=Value(PAUSED)),
        When(due_at__lt=at, then=Value(OVERDUE)),
        When(warn_at__lte=at, then=Value(SOON)),
        When(due_at__isnull=False, then=Value(IN_TIME)),
        default=Value(0),
        output_field=IntegerField(),
    )


def recount_soon(places: Iterable[int | None]) -> None:
    """Ask for the counts around these cells (zoom 26) to be taken anew, once for many news."""
    due_at = datetime.now(UTC) + PATIENCE
    for place in {cells.parent(cell, _GATHERED_BY_ZOOM): cell for cell in places if cell}.items():
        key, cell = place
        journal.schedule(RECOUNT, {"cell": cell}, key=f"{RECOUNT}/{key}", due_at=due_at)


def _recount(payload: dict[str, Any]) -> None:
    for layer in (LAYER, EVERY):
        geography.recount_points(layer, [payload["cell"]])


def _open_cases() -> "QuerySet[Case]":
    return Case.objects.filter(ended_at__isnull=True)


def _every_case() -> "QuerySet[Case]":
    return Case.objects.all()


def _turned(since: datetime, until: datetime) -> Iterable[int]:
    """Return the cells of cases whose lamp turned by the clock alone."""
    between = (since, until)
    turned = Q(due_at__range=between) | Q(warn_at__range=between)
    rows = _open_cases().filter(turned).values_list("cell", flat=True)
    return (cell for cell in rows.iterator() if cell is not None)


journal.offer_job(RECOUNT, _recount)
