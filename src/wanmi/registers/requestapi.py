"""Proposed changes of the register for programs; single decisions go through `/tasks` as always."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Header, Query, Router, Schema, Status

from wanmi.accounts.queries import reader
from wanmi.catalogue import queries as catalogue
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.kernel.text import text_rule
from wanmi.organisation import queries as organisation
from wanmi.shell import pages
from wanmi.shell.api import Page, take_page

from . import actions, presenting, queries
from .api import Lat, Lon, PartFacts, State
from .models import RequestKind, RequestState

router = Router(tags=["parts"])
KINDS = "|".join(RequestKind.values)
STATES = "|".join(RequestState.values)


class RequestIn(PartFacts):
    """A proposed change; `version` is the part as it was seen, perhaps offline."""

    kind: Annotated[str, Field(pattern=f"^({KINDS})$", examples=["move"])]
    part: Annotated[str, text_rule(20, multiline=False)] = ""
    category: Annotated[str, Field(pattern="^([0-9]{4,5})?$", examples=["01037"])] = ""
    lon: Lon | None = None
    lat: Lat | None = None
    state: State = ""
    initial_date: date | None = None
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    media: Annotated[list[int], Field(max_length=12)] = []
    reason: Annotated[str, text_rule(380, multiline=False), Field(min_length=2)]


class RequestOut(Schema):
    """A proposed change of the register; the point in degrees CGCS2000."""

    number: str = Field(examples=["GX202611210001"])
    kind: str
    state: str
    part: str | None
    category: str
    before: dict[str, Any]
    after: dict[str, Any]
    changed_meanwhile: bool
    reason: str
    lon: float
    lat: float
    area_path: str
    owner: str | None
    proposed_by: str
    proposed_at: datetime
    decided_at: datetime | None
    words: str


class RequestPage(Page):
    """A page of proposed changes, the latest first."""

    items: list[RequestOut]


class WantedRequests(Schema):
    """What narrows the list."""

    q: Annotated[str, text_rule(60, multiline=False)] = ""
    state: Annotated[str, Field(pattern=f"^({STATES})?$")] = ""
    kind: Annotated[str, Field(pattern=f"^({KINDS})?$")] = ""
    area: Annotated[str, text_rule(160, multiline=False)] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, text_rule(40, multiline=False)] = ""


class Decisions(Schema):
    """The same decision on many requests."""

    numbers: Annotated[
        list[Annotated[str, text_rule(20, multiline=False)]],
        Field(min_length=1, max_length=actions.MOST_AT_ONCE),
    ]
    action: Literal["approve", "refuse"]
    opinion: Annotated[str, text_rule(2000)] = ""


class DecisionOut(Schema):
    """What became of one of them; `problem` says why nothing did."""

    number: str
    done: bool
    problem: str = ""


@router.get("/part-requests", response=RequestPage)
def part_requests(request: HttpRequest, wanted: Query[WantedRequests]) -> dict[str, Any]:
    """List the proposed changes of your areas, and your own."""
    scope = organisation.scope_with(request, organisation.duties.SEE_PARTS)
    filters = queries.RequestFilters(state=wanted.state, kind=wanted.kind, area=wanted.area)
    rows = queries.requests(scope, filters, wanted.q)
    return take_page(rows, limit=wanted.limit, cursor=wanted.cursor, show=presenting.shown)


@router.post("/part-requests", response={201: RequestOut})
def propose(
    request: HttpRequest,
    given: RequestIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[dict[str, Any]]:
    """Propose a change of the register; a repeated key answers the same one."""
    scope = organisation.scope_with(request, organisation.duties.PROPOSE_PARTS)
    if (given.lon is None) is not (given.lat is None):
        raise Invalid("A point needs longitude and latitude.")
    point = (given.lon, given.lat) if given.lon is not None and given.lat is not None else None
    facts = given.given() | ({"initial_date": given.initial_date} if given.initial_date else {})
    category = given.category

    def do() -> tuple[int, dict[str, Any]]:
        row = actions.propose(
            given.kind,
            part=queries.require_part(given.part, scope) if given.part else None,
            category=catalogue.require_category("part", category) if category else None,
            point=point,
            state=given.state or ("intact" if given.kind == RequestKind.ADD else ""),
            facts=facts,
            media=given.media,
            version=given.version,
            reason=given.reason,
            by=reader(request),
        )
        return 201, RequestOut(**presenting.shown(row)).model_dump(mode="json")

    sent = given.model_dump(mode="json")
    return Status(*journal.answer_once(idempotency_key, sent, by=request.user, do=do))


@router.post("/part-requests/decide", response=list[DecisionOut])
def decide(request: HttpRequest, given: Decisions) -> list[dict[str, Any]]:
    """Approve or refuse many at once; each stands or falls on its own."""
    organisation.scope_with(request, organisation.duties.WORK_TASKS)
    if given.action == "refuse" and len(given.opinion.strip()) < 2:
        raise Invalid("Say why they are refused.")
    told = actions.decide_many(
        given.numbers,
        given.action,
        opinion=given.opinion,
        by=reader(request),
    )
    return [
        {
            "number": each.number,
            "done": each.refusal is None,
            "problem": pages.sentence(each.refusal) if each.refusal else "",
        }
        for each in told
    ]


@router.get("/part-requests/{number}", response=RequestOut)
def part_request(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return a proposed change."""
    row = queries.request_of(
        number, organisation.scope_with(request, organisation.duties.SEE_PARTS)
    )
    if row is None:
        raise NotFound
    return presenting.shown(row)


@router.delete("/part-requests/{number}", response=RequestOut)
def withdraw(request: HttpRequest, number: str) -> dict[str, Any]:
    """Take back what you proposed yourself."""
    row = queries.request_of(
        number, organisation.scope_with(request, organisation.duties.SEE_PARTS)
    )
    if row is None:
        raise NotFound
    actions.withdraw(row, by=reader(request))
    return presenting.shown(row)
