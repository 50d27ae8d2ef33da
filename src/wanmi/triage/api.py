"""Suggestions for programs of the city's own staff."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema

from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import Finite, text_rule
from wanmi.organisation import queries as organisation
from wanmi.shell.api import answer

from . import queries

router = Router(tags=["triage"])


class ReportIn(Schema):
    """A report as somebody tells it; the point in degrees of CGCS2000."""

    description: Annotated[str, text_rule(2000), Field(min_length=1, examples=["路灯夜间不亮"])]
    lon: Annotated[Finite, Field(ge=-180, le=180)] | None = None
    lat: Annotated[Finite, Field(ge=-90, le=90)] | None = None
    at: datetime | None = None


class SuggestionOut(Schema):
    """A label with its probability (0 to 1) and the words that weighed most."""

    label: str
    name: str
    probability: float
    because: list[str]


class AlikeOut(Schema):
    """An open case that may hold the same problem."""

    number: str
    distance_m: float
    likeness: float


class AdviceOut(Schema):
    """What is suggested; nothing is decided by it. `model` is 0 where no version is in force."""

    model: int
    category: list[SuggestionOut]
    department: list[SuggestionOut]
    urgency: list[SuggestionOut]
    duplicates: list[AlikeOut]


@router.post("/triage/suggest", response=AdviceOut)
def suggest(request: HttpRequest, given: ReportIn) -> HttpResponse:
    """Suggest class, department and urgency of a report, and open cases like it."""
    scope: organisation.Scope = request.scope  # type: ignore[attr-defined]  # by middleware
    organisation.require(scope, organisation.duties.WORK_TASKS)
    report = queries.Report(given.description, given.lon, given.lat, _moment(given.at))
    advice = queries.advice(report)
    body: dict[str, Any] = {
        target: [_suggestion(each) for each in advice.of(target)] for target in queries.TARGETS
    }
    found = [each for each, _ in queries.alike(scope, report)]
    body["duplicates"] = [
        {
            "number": each.case.number,
            "distance_m": round(each.distance_m, 1),
            "likeness": each.likeness,
        }
        for each in found
    ]
    return answer({"model": advice.model, **body})


def _suggestion(each: queries.Suggestion) -> dict[str, Any]:
    return {
        "label": each.label,
        "name": each.name,
        "probability": round(each.probability, 4),
        "because": list(each.because),
    }


def _moment(at: datetime | None) -> datetime:
    if at is None:
        return datetime.now(UTC)
    try:
        return (at if timezone.is_aware(at) else timezone.make_aware(at)).astimezone(UTC)
    except OverflowError:
        raise Invalid("This moment is out of range.") from None
