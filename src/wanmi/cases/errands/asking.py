"""Asking about errands: of a case, and what a person may give or end now."""

from collections.abc import Iterable

from django.urls import reverse

from wanmi.organisation import queries as organisation

from ..models import Case
from .kinds import ErrandKind, kind_of, kinds
from .models import Errand, ErrandState, OutsideLink
from .outside import token_of


def errands_of(case: Case) -> list[Errand]:
    """Return the errands of a case, oldest first."""
    rows = Errand.objects.filter(case=case).select_related(
        "case", "body", "post", "given_by", "settled_by", "task", "link"
    )
    return list(rows.order_by("id"))


def link_of(errand: Errand) -> OutsideLink | None:
    """Return the link an errand is answered by, where there is one."""
    return getattr(errand, "link", None)


def link_path(link: OutsideLink) -> str:
    """Return the address of a link on this site."""
    return reverse("cases:outside", args=[token_of(link)])


def givable(case: Case, scope: organisation.Scope, steps: Iterable[str]) -> list[ErrandKind]:
    """Return the kinds a person could give now, while the case waits at these steps."""
    open_at = set(steps)
    if case.ended_at is not None or not open_at:
        return []
    return [
        kind
        for kind in kinds()
        if kind.duty
        and scope.may(kind.duty, case.area_path)
        and kind.is_ready(case, open_at)
        and kind.may_give(case, scope)
    ]


def may_end(errand: Errand, scope: organisation.Scope) -> bool:
    """Say whether a person may waive or recall an errand."""
    kind = kind_of(errand.kind)
    if kind is None or not kind.duty or errand.state != ErrandState.WAITING:
        return False
    return scope.may(kind.duty, errand.case.area_path) and kind.may_end(errand, scope)
