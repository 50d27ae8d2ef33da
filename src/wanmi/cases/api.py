"""Reports and cases."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Query, Router, Schema
from pydantic import BaseModel

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import Finite, RowKey, text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in, scope_with
from wanmi.shell.api import answer

from . import actions, answers, queries, schemas, words
from .filtering import CaseFilter, Order
from .models import Source

router = Router(tags=["cases"])


class ReportIn(BaseModel):
    """A problem as it is reported; the point in degrees of `system` (default CGCS2000)."""

    description: Annotated[str, text_rule(5000), Field(examples=["路口东南角有一堆垃圾"])]
    lon: Annotated[Finite, Field(ge=-180, le=180, examples=[116.404])] | None = None
    lat: Annotated[Finite, Field(ge=-90, le=90, examples=[39.915])] | None = None
    system: Annotated[str, text_rule(20), Field(examples=["gcj02"])] = "cgcs2000"
    kind: Annotated[str, text_rule(5), Field(examples=["event"])] = ""
    category: Annotated[str, text_rule(8), Field(examples=["06001"])] = ""
    source: Annotated[str, text_rule(12)] = ""
    part: Annotated[str, text_rule(20)] = ""
    address: Annotated[str, text_rule(256), Field(examples=["解放路 12 号"])] = ""
    media: Annotated[list[RowKey], Field(max_length=12)] = []
    reporter_name: Annotated[str, text_rule(60)] = ""
    reporter_phone: Annotated[str, text_rule(30)] = ""


class Reported(Schema):
    """What the reporter gets back."""

    id: int
    number: str
    tracking_code: str
    state: str
    phase: str
    is_located: bool
    grid_code: str


@router.post("/reports", response={201: Reported})
def report(
    request: HttpRequest,
    given: ReportIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> HttpResponse:
    """Report a problem and open its case; a repeated key answers the same case."""
    scope = scope_with(request, organisation.duties.REPORT)

    def do() -> tuple[int, dict[str, Any]]:
        reporter = None
        if given.reporter_name or given.reporter_phone:
            reporter = actions.Reporter(name=given.reporter_name, phone=given.reporter_phone)
        case = actions.report(
            given.description,
            lon=given.lon,
            lat=given.lat,
            system=given.system,
            kind=given.kind,
            category=given.category,
            part=given.part,
            address=given.address,
            source=source_for(scope, given.source),
            media=given.media,
            reporter=reporter,
            by=reader(request),
        )
        return 201, {name: getattr(case, name) for name in Reported.model_fields}

    asked = given.model_dump() if idempotency_key else {}
    status, body = journal.answer_once(idempotency_key, asked, by=request.user, do=do)
    return answer(body, status=status)


def source_for(scope: organisation.Scope, wanted: str) -> str:
    """Return the source a person may give: the public reports as the public."""
    if "supervisor" in scope.roles() and not wanted:
        return Source.SUPERVISOR
    staff = scope.may(organisation.duties.WORK_TASKS) or scope.may(organisation.duties.SEE_CASES)
    if not staff:
        return Source.WEB
    if wanted and wanted not in words.SOURCES:
        raise actions.UnknownSource(source=wanted)
    return wanted or Source.HOTLINE


@router.get("/cases", response=schemas.CasePage)
def list_cases(
    request: HttpRequest,
    wanted: Annotated[CaseFilter, Query()],
    order: Order = "",
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
) -> HttpResponse:
    """List the cases of the caller's area, newest first or in the order asked for."""
    scope = scope_in(request)
    filters = wanted.dict()
    if order:
        rows = queries.filtered(queries.listed(scope, mine=wanted.mine), scope=scope, **filters)
    else:
        rows = queries.newest(scope, filters, upto=limit + 1, cursor=cursor)
    lines = rows.values_list(*answers.LINE, named=True)
    page = queries.page(
        lines, order=order, q=wanted.q, limit=limit, cursor=cursor, show=answers.brief
    )
    return answer(page)


@router.get("/cases/{number}", response=schemas.CaseWhole)
def one_case(request: HttpRequest, number: str) -> HttpResponse:
    """Return one case whole."""
    scope = scope_in(request)
    case = queries.by_number(scope, number)
    if case is None:
        raise NotFound
    return answer(answers.full(case, scope))
