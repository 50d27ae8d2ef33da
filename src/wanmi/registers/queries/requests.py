"""Proposed changes of the register: who may see which, and what waits for a part."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from wanmi.organisation.queries import Scope, duties, path_prefix

from ..models import Part, PartRequest, RequestState

RELATED = ("part", "part__category", "category", "category__edition", "owner", "proposed_by")


@dataclass(frozen=True)
class RequestFilters:
    """What narrows the list of requests."""

    state: str = ""
    kind: str = ""
    code: str = ""
    area: str = ""
    origin: str = ""


def requests(
    scope: Scope | None, filters: RequestFilters | None = None, q: str = ""
) -> QuerySet[PartRequest]:
    """Return the proposed changes a person may see, the latest first; all without a scope."""
    rows = PartRequest.objects.select_related(*RELATED, "decided_by", "change")
    if scope is not None:
        rows = rows.filter(may_see_rows(scope))
    if q:
        rows = rows.filter(Q(number=q.upper()) | Q(part__identifier__startswith=q) | _worded(q))
    wanted = filters or RequestFilters()
    named = {"state": wanted.state, "kind": wanted.kind, "origin": wanted.origin}
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    if wanted.code:
        rows = rows.filter(category__major_code=wanted.code)
    if wanted.area:
        rows = rows.filter(path_prefix(wanted.area))
    return rows.order_by("-id")


def request_of(number: str, scope: Scope) -> PartRequest | None:
    """Return a proposed change a person may see, by its number."""
    if "\0" in number:
        return None
    return requests(scope).filter(number=number).first()


def requests_about(part: Part) -> list[PartRequest]:
    """Return the proposed changes of a part, the latest first."""
    rows = PartRequest.objects.select_related(*RELATED, "decided_by").filter(part=part)
    return list(rows.order_by("-id")[:50])


def requests_for(origin: str) -> dict[str, int]:
    """Return how many changes of each kind were proposed for something; refused ones left out."""
    rows = PartRequest.objects.filter(origin=origin).exclude(
        state__in=[RequestState.REFUSED, RequestState.WITHDRAWN]
    )
    return dict(rows.order_by().values_list("kind").annotate(Count("pk")))


def may_see_request(scope: Scope, row: PartRequest) -> bool:
    """Say whether a person may see a proposed change: of their areas, or their own."""
    return scope.may(duties.SEE_PARTS, row.area_path) or row.proposed_by_id == scope.user_id


def may_see_subject(scope: Scope, subject: str) -> bool:
    """Say whether a person may see the photographs of a proposed change ("part_request:3")."""
    row = PartRequest.objects.filter(pk=int(subject.partition(":")[2])).first()
    return row is not None and may_see_request(scope, row)


def may_see_rows(scope: Scope) -> Q:
    """Return the condition that a person may see a row."""
    return scope.within(duties.SEE_PARTS) | Q(proposed_by_id=scope.user_id)


def _worded(q: str) -> Q:
    return (
        Q(category__name_zh__icontains=q)
        | Q(category__name_en__icontains=q)
        | Q(reason__icontains=q)
    )
