"""Asking about consultations: who may see which, who has said what."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from wanmi.organisation import queries as organisation

from .actions.opening import departments_for
from .models import Consultation, Opinion, OpinionState

__all__ = [
    "Consultation",
    "Opinion",
    "by_number",
    "departments_for",
    "may_open",
    "may_see",
    "of_case",
    "opinions",
    "progress_of",
    "visible",
]


def visible(scope: organisation.Scope) -> QuerySet[Consultation]:
    """Return the consultations about a person's areas, latest first."""
    rows = Consultation.objects.filter(scope.within(organisation.duties.SEE_CASES))
    return rows.order_by("-pk")


def may_see(scope: organisation.Scope, row: Consultation) -> bool:
    """Say whether a person may see a consultation."""
    return scope.may(organisation.duties.SEE_CASES, row.area_path)


def may_open(scope: organisation.Scope, area_path: str | None = None) -> bool:
    """Say whether a person may open consultations, at all or about an area."""
    return scope.may(organisation.duties.OPEN_CONSULTATIONS, area_path)


def by_number(scope: organisation.Scope, number: str) -> Consultation | None:
    """Return a consultation a person may see, by its number."""
    if "\0" in number:
        return None
    rows = visible(scope).select_related("case", "lead", "acting", "opened_by", "concluded_by")
    return rows.filter(number=number).first()


def opinions(row: Consultation) -> list[Opinion]:
    """Return who was asked what and what they said, latest round first."""
    rows = Opinion.objects.filter(consultation=row).select_related("body", "given_by")
    return list(rows.order_by("-round", "body__code"))


def of_case(case_id: int) -> list[Consultation]:
    """Return the consultations about a case, latest first."""
    rows = Consultation.objects.filter(case_id=case_id).select_related("acting", "concluded_by")
    return list(rows.order_by("-pk"))


def progress_of(rows: Iterable[Consultation]) -> dict[int, tuple[int, int]]:
    """Return how many opinions of each are given, and of how many; one question."""
    counted = (
        Opinion.objects.filter(consultation__in=list(rows))
        .exclude(state=OpinionState.WITHDRAWN)
        .order_by()
        .values("consultation_id")
        .annotate(every=Count("pk"), given=Count("pk", filter=Q(state=OpinionState.GIVEN)))
    )
    return {row["consultation_id"]: (row["given"], row["every"]) for row in counted}
