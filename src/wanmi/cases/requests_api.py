"""Requests over a case, and urging it."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Header, Router, Schema, Status

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import RowKey, text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in, scope_with
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from . import actions, answers, queries, schemas
from .control import queries as controls
from .models import Case

router = Router(tags=["requests"])


class AskIn(Schema):
    """An adjustment asked for; `until` (YYYY-MM-DD, city time) ends a suspension.

    A return names its `ground`: "wrong_dispatch" or "other"; the latter needs the
    signed form among `media`.
    """

    kind: Annotated[str, text_rule(30)]
    reason: Annotated[str, text_rule(2000)]
    until: Annotated[str, text_rule(10)] = ""
    ground: Annotated[str, text_rule(20), Field(examples=["wrong_dispatch"])] = ""
    media: Annotated[list[RowKey], Field(max_length=6)] = []


class UrgeIn(Schema):
    """A reminder ("remind") or supervision ("supervise") with its words and ground.

    A supervision must be answered within `reply_days` working days.
    """

    kind: Annotated[str, text_rule(10)]
    words: Annotated[str, text_rule(2000)]
    ground: Annotated[str, text_rule(20)] = ""
    reply_days: Annotated[int, Field(ge=1, le=tasks.MOST_REPLY_DAYS)] = 1


@router.get("/cases/{number}/adjustments", response=schemas.Adjustments)
def list_adjustments(request: HttpRequest, number: str) -> dict[str, Any]:
    """List what was asked for on a case, and what the caller may ask for now."""
    case, scope = _seen(request, number)
    subject = f"case:{case.pk}"
    instance = tasks.instance_of(subject)
    rules = tasks.askable(instance, scope) if instance else []
    return {
        "items": [answers.adjustment(each) for each in tasks.adjustments_of(subject)],
        "askable": [
            {"kind": rule.kind, "name": rule.name_zh if tasks.in_chinese() else rule.name_en}
            for rule in rules
        ],
        "next": None,
    }


@router.post("/cases/{number}/adjustments", response={201: schemas.AdjustmentOut})
def ask(request: HttpRequest, number: str, given: AskIn) -> Status[dict[str, Any]]:
    """Ask for an extension, suspension, return, void, forced closing or appeal."""
    case, _ = _seen(request, number)
    adjustment = workflow.ask(
        _instance(case),
        given.kind,
        given.reason,
        by=reader(request),
        asked={
            name: value for name in ("until", "ground", "media") if (value := getattr(given, name))
        },
    )
    return Status(201, answers.adjustment(adjustment))


@router.post("/cases/{number}/adjustments/{adjustment_id}/withdraw", response=schemas.AdjustmentOut)
def withdraw(request: HttpRequest, number: str, adjustment_id: int) -> dict[str, Any]:
    """Take a waiting request back."""
    case, _ = _seen(request, number)
    waiting = tasks.adjustments_of(f"case:{case.pk}")
    found = next((each for each in waiting if each.pk == adjustment_id), None)
    if found is None:
        raise NotFound
    workflow.withdraw(found, by=reader(request))
    found.refresh_from_db()
    return answers.adjustment(found)


@router.get("/cases/{number}/urges", response=schemas.Urges)
def list_urges(request: HttpRequest, number: str) -> dict[str, Any]:
    """List who urged a case and what was answered."""
    case, _ = _seen(request, number)
    rows = tasks.urges_of(f"case:{case.pk}")
    return {"items": [answers.urge(row) for row in rows], "next": None}


@router.post("/cases/{number}/urges", response={201: schemas.UrgeOut})
def urge(request: HttpRequest, number: str, given: UrgeIn) -> Status[dict[str, Any]]:
    """Remind whoever holds a case, or put it under supervision."""
    case, _ = _seen(request, number)
    by = reader(request)
    row = workflow.urge(
        _instance(case),
        given.kind,
        given.words,
        by=by,
        ground=given.ground,
        reply_days=given.reply_days,
    )
    return Status(201, answers.urge(row))


class ShirkingIn(Schema):
    """Why a refused return was groundless."""

    words: Annotated[str, text_rule(2000)]


@router.post(
    "/cases/{number}/adjustments/{adjustment_id}/shirking", response={201: schemas.ShirkingOut}
)
def determine_shirking(
    request: HttpRequest, number: str, adjustment_id: int, given: ShirkingIn
) -> Status[dict[str, Any]]:
    """Determine that a refused return was groundless; it is counted."""
    case, _ = _seen(request, number)
    by = reader(request)
    row = actions.determine_shirking(case, adjustment_id, given.words, by=by)
    return Status(201, answers.shirking(row))


@router.get("/controls", response=schemas.Controls)
def list_controls(request: HttpRequest) -> dict[str, Any]:
    """List the controls in force in the caller's areas, the newest first."""
    scope = scope_with(request, organisation.duties.SEE_CASES)
    rows = controls.controls(scope).filter(ended_at__isnull=True)[:500]
    return {"items": [answers.control(row) for row in rows], "next": None}


class NoteIn(Schema):
    """What somebody saw or did at a case, with photographs."""

    words: Annotated[str, text_rule(5000)]
    media: Annotated[list[RowKey], Field(max_length=12)] = []


@router.post("/cases/{number}/notes", response={201: dict[str, str]})
def add_note(
    request: HttpRequest,
    number: str,
    given: NoteIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[dict[str, Any]]:
    """Keep a note on a case, open or ended; a repeated key is one note."""
    case, _ = _seen(request, number)
    by = reader(request)

    def do() -> tuple[int, dict[str, Any]]:
        actions.add_note(case, given.words, media=given.media, by=by)
        return 201, {"case": case.number}

    said = {"note": case.number, **given.dict()}
    return Status(*journal.answer_once(idempotency_key, said, by=by, do=do))


class EndIn(Schema):
    """Why an errand is waived or recalled."""

    reason: Annotated[str, text_rule(2000)]


@router.get("/cases/{number}/errands", response=schemas.Errands)
def list_errands(request: HttpRequest, number: str) -> dict[str, Any]:
    """List what was asked beside the drawing, and what the caller may ask for now."""
    case, scope = _seen(request, number)
    steps = [task.step for task in tasks.open_steps(f"case:{case.pk}")]
    return {
        "items": [answers.errand(row, scope) for row in queries.errands_of(case)],
        "givable": [
            {"kind": kind.code, "name": str(kind.name), "fields": kind.form(case)}
            for kind in queries.givable(case, scope, steps)
        ],
        "next": None,
    }


@router.post("/cases/{number}/errands/{kind}", response={201: schemas.ErrandOut})
def give_errand(
    request: HttpRequest, number: str, kind: str, given: dict[str, Any]
) -> Status[dict[str, Any]]:
    """Ask somebody for something beside the drawing; fields as `givable` says."""
    case, scope = _seen(request, number)
    by = reader(request)
    row = actions.give_errand(case, kind, given, by=by)
    return Status(201, answers.errand(row, scope))


@router.post("/cases/{number}/errands/{errand_id}/end", response=schemas.ErrandOut)
def end_errand(request: HttpRequest, number: str, errand_id: int, given: EndIn) -> dict[str, Any]:
    """Waive or recall an errand that still waits."""
    case, scope = _seen(request, number)
    found = next((row for row in queries.errands_of(case) if row.pk == errand_id), None)
    if found is None:
        raise NotFound
    by = reader(request)
    actions.end_errand(found, given.reason, by=by)
    return answers.errand(found, scope)


def _seen(request: HttpRequest, number: str) -> tuple[Case, organisation.Scope]:
    scope = scope_in(request)
    case = queries.by_number(scope, number)
    if case is None:
        raise NotFound
    return case, scope


def _instance(case: Case) -> tasks.Instance:
    instance = tasks.instance_of(f"case:{case.pk}")
    if instance is None:
        raise NotFound
    return instance
