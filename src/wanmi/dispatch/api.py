"""Duty, positions, alarms and call-outs over HTTP: what the telephone and the desk speak."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, Field, Header, Router, Status

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell.api import answer

from . import actions, answers, queries, schemas
from .actions.reading import note_track_read

router = Router(tags=["dispatch"])
Key = Annotated[str, Header(alias="Idempotency-Key")]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 1, 1))]
duties = organisation.duties


@router.get("/duty", response=schemas.DutyOut)
def my_duty(request: HttpRequest) -> HttpResponse:
    """Return the caller's shift, stint, open alarm, and how often to send positions."""
    organisation.require(scope_in(request), duties.PATROL)
    return answer(answers.duty(reader(request), datetime.now(UTC)))


@router.post("/duty/sign-on", response={201: schemas.StintOut})
def sign_on(
    request: HttpRequest, given: schemas.Spot, idempotency_key: Key = ""
) -> Status[dict[str, Any]]:
    """Go on duty; a repeated key answers the same stint."""

    def do() -> tuple[int, dict[str, Any]]:
        stint = actions.sign_on(actions.At(**given.dict()), by=reader(request))
        return 201, _plain(schemas.StintOut, answers.stint(stint))

    return _once(request, idempotency_key, given.model_dump(mode="json"), do)


@router.post("/duty/sign-off", response={201: schemas.StintOut})
def sign_off(
    request: HttpRequest,
    given: Annotated[schemas.Spot | None, Body()] = None,
    idempotency_key: Key = "",
) -> Status[dict[str, Any]]:
    """Go off duty; a repeated key answers the same stint."""

    def do() -> tuple[int, dict[str, Any]]:
        place = actions.At(**given.dict()) if given else None
        stint = actions.sign_off(place, by=reader(request))
        return 201, _plain(schemas.StintOut, answers.stint(stint))

    said = given.model_dump(mode="json") if given else {}
    return _once(request, idempotency_key, said, do)


@router.post("/duty/break", response=schemas.DutyOut)
def begin_break(request: HttpRequest) -> HttpResponse:
    """Begin a pause; one that is open stays."""
    actions.begin_break(by=reader(request))
    return answer(answers.duty(reader(request), datetime.now(UTC)))


@router.delete("/duty/break", response=schemas.DutyOut)
def end_break(request: HttpRequest) -> HttpResponse:
    """End the pause."""
    actions.end_break(by=reader(request))
    return answer(answers.duty(reader(request), datetime.now(UTC)))


@router.get("/duty/coverage", response=schemas.CoverageOut)
def my_coverage(
    request: HttpRequest, first: Day | None = None, last: Day | None = None
) -> HttpResponse:
    """Return what of their duty grids the caller visited between two days (today)."""
    organisation.require(scope_in(request), duties.PATROL)
    end = last or timezone.localdate()
    begin = min(first or end, end)
    found = queries.coverage_of(reader(request), begin, end)
    return answer(
        {
            "first": begin.isoformat(),
            "last": end.isoformat(),
            "grids": found.grids,
            "visited": found.visited,
            "percent": found.percent,
            "seconds": found.seconds,
            "walked_m": found.walked_m,
        }
    )


@router.post("/tracks", response={201: schemas.TracksOut})
def take_tracks(request: HttpRequest, given: schemas.TracksIn) -> HttpResponse:
    """Keep a batch of positions; late ones and repetitions are welcome."""
    taken = actions.take_positions(
        answers.positions(given), device=given.device, by=reader(request)
    )
    said = {"accepted": taken.accepted, "repeated": taken.repeated, "off_duty": taken.off_duty}
    return answer(said, status=201)


@router.get("/whereabouts", response=list[schemas.WhereaboutsOut])
def whereabouts(request: HttpRequest) -> HttpResponse:
    """Return where the people on duty in the caller's areas were last."""
    organisation.require(scope_in(request), duties.SEE_PATROLS)
    found = [answers.whereabouts(each) for each in queries.on_duty(scope_in(request))]
    return answer([each for each in found if each])


@router.get("/stints/{stint_id}/track")
def track(request: HttpRequest, stint_id: int) -> HttpResponse:
    """Return the positions of a stint as a GeoJSON line with the moments of its points.

    Whoever reads another person's track stands in the journal.
    """
    stint = queries.stint_of(scope_in(request), stint_id)
    if stint is None:
        raise NotFound
    note_track_read(stint, by=reader(request))
    found = queries.track_of(stint)
    places = [list(pair) for pair in zip(found.lon.tolist(), found.lat.tolist(), strict=True)]
    line = {"type": "LineString", "coordinates": places}
    said = {"stint": stint.pk, "at": found.at_ms.tolist(), "speed_ms": _known(found.speed_ms)}
    return answer({"type": "Feature", "geometry": line, "properties": said})


@router.post("/alarms", response={201: schemas.AlarmOut})
def raise_alarm(request: HttpRequest, given: schemas.AlarmIn) -> HttpResponse:
    """Call for help; the same key again answers the same alarm."""
    alarm = actions.raise_alarm(
        given.key,
        lon=given.lon,
        lat=given.lat,
        accuracy_m=given.accuracy_m,
        pressed_at=given.at,
        by=reader(request),
    )
    return answer(answers.alarm(alarm), status=201)


@router.get("/alarms/{alarm_id}", response=schemas.AlarmOut)
def one_alarm(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Return an alarm of the caller's own, or of their areas."""
    return answer(answers.alarm(_alarm(request, alarm_id)))


@router.post("/alarms/{alarm_id}/acknowledge", response=schemas.AlarmOut)
def acknowledge(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Answer for an alarm."""
    row = actions.acknowledge_alarm(_alarm(request, alarm_id), by=reader(request))
    return answer(answers.alarm(row))


@router.post("/alarms/{alarm_id}/close", response=schemas.AlarmOut)
def close(request: HttpRequest, alarm_id: int, given: schemas.NoteIn) -> HttpResponse:
    """Say how an alarm ended."""
    row = actions.close_alarm(_alarm(request, alarm_id), given.note, by=reader(request))
    return answer(answers.alarm(row))


@router.get("/callouts", response=list[schemas.CalloutOut])
def my_callouts(request: HttpRequest) -> HttpResponse:
    """Return the messages and call-outs the caller got, newest first."""
    organisation.require(scope_in(request), duties.PATROL)
    return answer([answers.callout(row) for row in queries.receipts_of(reader(request))])


@router.post("/callouts", response={201: schemas.CalloutSentOut})
def send_callout(
    request: HttpRequest, given: schemas.CalloutIn, idempotency_key: Key = ""
) -> Status[dict[str, Any]]:
    """Send a message or call-out; a repeated key sends it once."""

    def do() -> tuple[int, dict[str, Any]]:
        called = actions.Called(
            tuple(given.people), given.group, given.area, given.nearest, given.lon, given.lat
        )
        said = actions.Said(given.words, given.kind, given.case, called)
        row = actions.call_out(said, by=reader(request))
        return 201, _plain(schemas.CalloutSentOut, answers.sent(row))

    return _once(request, idempotency_key, given.model_dump(mode="json"), do)


@router.get("/callouts/{callout_id}", response=schemas.CalloutSentOut)
def one_callout(request: HttpRequest, callout_id: int) -> HttpResponse:
    """Return what people said to a message or call-out the caller may see the answers of."""
    row = queries.callouts(scope_in(request)).filter(pk=callout_id).first()
    if row is None:
        raise NotFound
    return answer(answers.sent(row))


@router.post("/callouts/{callout_id}/answer", response=schemas.CalloutOut)
def answer_callout(request: HttpRequest, callout_id: int, given: schemas.AnswerIn) -> HttpResponse:
    """Say that it was read, is accepted or declined."""
    receipt = queries.receipt_of(reader(request), callout_id)
    if receipt is None:
        raise NotFound
    row = actions.answer_callout(receipt, given.answer, note=given.note, by=reader(request))
    row.callout = receipt.callout
    return answer(answers.callout(row))


def _alarm(request: HttpRequest, key: int) -> queries.Alarm:
    alarm = queries.alarm_of(scope_in(request), key)
    if alarm is None:
        raise NotFound
    return alarm


def _once(request: HttpRequest, key: str, said: Any, do: Any) -> Status[dict[str, Any]]:
    return Status(*journal.answer_once(key, said, by=reader(request), do=do))


def _plain(schema: Any, values: dict[str, Any]) -> dict[str, Any]:
    return cast(dict[str, Any], schema(**values).model_dump(mode="json"))


def _known(column: Any) -> list[float | None]:
    return [None if value != value else value for value in column.tolist()]
