"""Asking about surveys: who may see which, how far one has come."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from wanmi.organisation import queries as organisation

from .actions.working import figures_of
from .models import ShareState, Survey, SurveyFinding, SurveyShare

__all__ = [
    "Survey",
    "SurveyFinding",
    "SurveyShare",
    "by_number",
    "figures_of",
    "findings",
    "found_for",
    "may_order",
    "may_see",
    "progress_of",
    "share_of",
    "shares",
    "visible",
]


def visible(scope: organisation.Scope) -> QuerySet[Survey]:
    """Return the surveys in a person's areas, and those their areas are counted for."""
    condition = scope.within(organisation.duties.SEE_CASES)
    for path in scope.areas(organisation.duties.SEE_CASES):
        condition |= Q(area_path__in=above(path))
    return Survey.objects.filter(condition).order_by("-pk")


def above(path: str) -> list[str]:
    """Return the paths of the areas an area lies in, itself included."""
    codes = path.rstrip("/").split("/") if path else []
    return ["".join(f"{code}/" for code in codes[: place + 1]) for place in range(len(codes))]


def may_see(scope: organisation.Scope, survey: Survey) -> bool:
    """Say whether a person may see a survey."""
    return any(
        survey.area_path.startswith(path) or path.startswith(survey.area_path)
        for path in scope.areas(organisation.duties.SEE_CASES)
    )


def may_order(scope: organisation.Scope) -> bool:
    """Say whether a person may order surveys anywhere."""
    return scope.may(organisation.duties.ORDER_SURVEYS)


def by_number(scope: organisation.Scope, number: str) -> Survey | None:
    """Return a survey a person may see, by its number."""
    if "\0" in number:
        return None
    return visible(scope).select_related("ordered_by").filter(number=number).first()


def shares(survey: Survey, scope: organisation.Scope) -> QuerySet[SurveyShare]:
    """Return the shares of a survey in a person's areas, with how many cases each has found."""
    rows = SurveyShare.objects.filter(
        scope.within(organisation.duties.SEE_CASES), survey=survey
    ).select_related("collector")
    return rows.annotate(found=Count("findings")).order_by("area_code")


def findings(survey: Survey, scope: organisation.Scope) -> QuerySet[SurveyFinding]:
    """Return what was found in a person's areas, latest first."""
    mine = scope.within(organisation.duties.SEE_CASES, "case__area_path")
    rows = SurveyFinding.objects.filter(mine, share__survey=survey)
    return rows.select_related("case", "case__category", "share").order_by("-pk")


def progress_of(surveys: Iterable[Survey]) -> dict[int, tuple[int, int]]:
    """Return how many shares of each survey are in, and of how many; one question."""
    rows = SurveyShare.objects.filter(survey__in=list(surveys)).order_by().values("survey_id")
    counted = rows.annotate(
        every=Count("pk", filter=~Q(state=ShareState.WITHDRAWN)),
        done=Count("pk", filter=Q(state=ShareState.ACCEPTED)),
    )
    return {row["survey_id"]: (row["done"], row["every"]) for row in counted}


def share_of(survey: Survey, scope: organisation.Scope, key: int) -> SurveyShare | None:
    """Return a share of a survey a person may see."""
    if not 0 < key < 2**63:
        return None
    mine = scope.within(organisation.duties.SEE_CASES)
    rows = SurveyShare.objects.filter(mine, survey=survey, pk=key)
    return rows.select_related("survey", "survey__ordered_by", "collector").first()


def found_for(share: SurveyShare) -> list[SurveyFinding]:
    """Return the cases a share has found, latest first."""
    rows = SurveyFinding.objects.filter(share=share).select_related("case", "case__category")
    return list(rows.order_by("-pk")[:50])
