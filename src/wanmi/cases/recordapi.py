"""One's own record for programs and for the field terminal."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from wanmi.accounts.queries import reader

from .record import PERIODS, record_of

router = Router(tags=["cases"])


class RecordWanted(Schema):
    """The period: today, or this month so far, by the city's clock."""

    period: Annotated[str, Field(pattern=f"^({'|'.join(PERIODS)})$")] = "month"


class FigureOut(Schema):
    """A number; with `of`, the share in per cent of that many."""

    key: str = Field(examples=["valid"])
    count: int
    of: int | None
    share: float | None


@router.get("/me/record", response=list[FigureOut])
def record(request: HttpRequest, wanted: Query[RecordWanted]) -> list[dict[str, Any]]:
    """Return what you reported and checked in a period."""
    return [
        {"key": each.key, "count": each.count, "of": each.of, "share": each.share}
        for each in record_of(reader(request).pk, wanted.period)
    ]
