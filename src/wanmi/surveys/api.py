"""Surveys over HTTP; their tasks are worked through `/tasks` like all others."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Router, Status

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in, scope_with
from wanmi.shell.api import answer, take_page

from . import actions, answers, queries, schemas

router = Router(tags=["surveys"])
Key = Annotated[str, Header(alias="Idempotency-Key")]


@router.get("/surveys", response=schemas.SurveyPage)
def list_surveys(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
) -> HttpResponse:
    """List the surveys that concern the caller's areas, newest first."""
    rows = queries.visible(scope_in(request))
    return answer(take_page(rows, limit=limit, cursor=cursor, show=answers.brief))


@router.post("/surveys", response={201: schemas.SurveyWhole})
def order(
    request: HttpRequest, given: schemas.SurveyIn, idempotency_key: Key = ""
) -> Status[dict[str, Any]]:
    """Order a survey; a repeated key answers the same one."""
    scope = scope_with(request, organisation.duties.ORDER_SURVEYS)

    def do() -> tuple[int, dict[str, Any]]:
        survey = actions.order(**given.dict(), by=reader(request))
        return 201, schemas.SurveyWhole(**answers.whole(survey, scope)).model_dump(mode="json")

    said = given.model_dump(mode="json")
    return Status(*journal.answer_once(idempotency_key, said, by=request.user, do=do))


@router.get("/surveys/{number}", response=schemas.SurveyWhole)
def one_survey(request: HttpRequest, number: str) -> HttpResponse:
    """Return a survey with its figures and shares."""
    return answer(answers.whole(_known(request, number), scope_in(request)))


@router.post("/surveys/{number}/shares/{share_id}/findings", response={201: schemas.FindingOut})
def report_finding(
    request: HttpRequest,
    number: str,
    share_id: int,
    given: schemas.FindingIn,
    idempotency_key: Key = "",
) -> Status[dict[str, Any]]:
    """Report a case of the survey's class from a share that is being counted."""
    share = queries.share_of(_known(request, number), scope_in(request), share_id)
    if share is None:
        raise NotFound

    def do() -> tuple[int, dict[str, Any]]:
        row = actions.report_finding(share, **given.dict(), by=reader(request))
        return 201, {"case": row.case.number, "survey": number}

    said = {**given.dict(), "share": share_id}
    return Status(*journal.answer_once(idempotency_key, said, by=request.user, do=do))


def _known(request: HttpRequest, number: str) -> queries.Survey:
    survey = queries.by_number(scope_in(request), number)
    if survey is None:
        raise NotFound
    return survey
