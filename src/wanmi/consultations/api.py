"""Consultations over HTTP; their tasks are worked through `/tasks` like all others."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Router, Status

from wanmi.accounts.queries import reader
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in, scope_with
from wanmi.shell.api import answer, take_page

from . import actions, answers, queries, schemas

router = Router(tags=["consultations"])


@router.get("/consultations", response=schemas.ConsultationPage)
def list_consultations(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
) -> HttpResponse:
    """List the consultations about the caller's areas, newest first."""
    rows = queries.visible(scope_in(request)).select_related("case")
    return answer(take_page(rows, limit=limit, cursor=cursor, show=answers.brief))


@router.post("/consultations", response={201: schemas.ConsultationWhole})
def open_consultation(
    request: HttpRequest,
    given: schemas.ConsultationIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[dict[str, Any]]:
    """Open a consultation; a repeated key answers the same one."""
    scope_with(request, organisation.duties.OPEN_CONSULTATIONS)

    def do() -> tuple[int, dict[str, Any]]:
        row = actions.open_consultation(
            given.topic,
            given.question,
            given.departments,
            case=given.case,
            area_path=geography.area(given.area).path if given.area else "",
            days=given.days,
            by=reader(request),
        )
        return 201, schemas.ConsultationWhole(**answers.whole(row)).model_dump(mode="json")

    return Status(*journal.answer_once(idempotency_key, given.dict(), by=request.user, do=do))


@router.get("/consultations/{number}", response=schemas.ConsultationWhole)
def one_consultation(request: HttpRequest, number: str) -> HttpResponse:
    """Return a consultation with its opinions."""
    row = queries.by_number(scope_in(request), number)
    if row is None:
        raise NotFound
    return answer(answers.whole(row))
