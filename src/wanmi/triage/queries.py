"""Asking: what a report may be about, which version is in force, how it has done."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from wanmi.cases import queries as cases

from .examples import ORDINARY, URGENT
from .models import Judgement, Model, State
from .showing import advice_html, alike, model_seen
from .suggesting import Advice, Report, Suggestion, advice
from .training import TARGETS

__all__ = [
    "ORDINARY",
    "TARGETS",
    "URGENT",
    "Advice",
    "Judged",
    "Judgement",
    "Model",
    "Report",
    "State",
    "Suggestion",
    "advice",
    "advice_html",
    "alike",
    "in_force",
    "in_training",
    "judged",
    "model_seen",
    "new_lessons",
    "versions",
]


def in_force() -> Model | None:
    """Return the version in force, without its weights."""
    return _versions().filter(is_in_force=True).first()


def in_training() -> Model | None:
    """Return the version being trained or waiting for it, the newest."""
    return _versions().filter(state__in=(State.ASKED, State.RUNNING)).order_by("-pk").first()


def versions() -> QuerySet[Model]:
    """Return every version, newest first, without their weights."""
    return _versions().order_by("-pk")


def _versions() -> QuerySet[Model]:
    return Model.objects.defer("weights").select_related("asked_by")


def new_lessons(model: Model | None) -> int:
    """Return how many cases were filed that a version does not know."""
    return cases.lessons_since(model.newest_case if model is not None else 0)


@dataclass(frozen=True)
class Judged:
    """How often a label was suggested first, taken as suggested, taken from below, corrected."""

    label: str
    first: int
    second: int
    corrected: int


def judged(target: str, *, model: int = 0) -> list[Judged]:
    """Return by chosen label how people judged what was suggested, of one version or of all."""
    rows = Judgement.objects.filter(target=target)
    if model:
        rows = rows.filter(model_id=model)
    counted = (
        rows.order_by()
        .values("chosen")
        .annotate(
            first=Count("pk", filter=Q(rank=1)),
            second=Count("pk", filter=Q(rank__gt=1)),
            corrected=Count("pk", filter=Q(rank=0)),
        )
    )
    return [Judged(r["chosen"], r["first"], r["second"], r["corrected"]) for r in counted]
