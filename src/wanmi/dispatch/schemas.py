"""What the API of duty, positions, alarms and call-outs takes and documents."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime

from wanmi.kernel.text import Latitude, Longitude, RowKey, text_rule

from .actions.tracking import MOST

Lons = Annotated[list[Longitude], Field(min_length=1, max_length=MOST)]
Lats = Annotated[list[Latitude], Field(min_length=1, max_length=MOST)]
Sequence = Annotated[int, Field(ge=0, lt=2**53)]
Milliseconds = Annotated[int, Field(ge=1_500_000_000_000, lt=2**43)]
Accuracy = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
Speed = Annotated[float, Field(ge=0, le=200, allow_inf_nan=False)]
Percent = Annotated[int, Field(ge=0, le=100)]


def _in_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; databases know fewer offsets and years than people send."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no such moment") from error


Moment = Annotated[
    AwareDatetime, AfterValidator(_in_utc), Field(examples=["2026-11-21T09:30:00+08:00"])
]


class TracksIn(Schema):
    """Positions as columns of equal length, one place a position.

    `sequence` numbers them on one `device` and is never used again; `at` is milliseconds
    since 1970 UTC; degrees WGS-84 or CGCS2000; accuracy in metres, speed in metres a second,
    battery in percent; what is not known is null, or the whole column is left out.
    """

    device: Annotated[str, text_rule(64), Field(min_length=1, examples=["0b0c6d1e-phone"])]
    sequence: Annotated[list[Sequence], Field(min_length=1, max_length=MOST)]
    at: Annotated[list[Milliseconds], Field(min_length=1, max_length=MOST)]
    lon: Lons
    lat: Lats
    accuracy_m: Annotated[list[Accuracy | None], Field(max_length=MOST)] | None = None
    speed_ms: Annotated[list[Speed | None], Field(max_length=MOST)] | None = None
    battery: Annotated[list[Percent | None], Field(max_length=MOST)] | None = None


class TracksOut(Schema):
    """What became of a batch; all of it may be forgotten by the telephone now."""

    accepted: int
    repeated: int = Field(description="Known already: sent before")
    off_duty: int = Field(description="Of a time nobody was on duty; not kept")


class Spot(Schema):
    """Where and when the person did it; degrees CGCS2000, accuracy in metres."""

    lon: Longitude
    lat: Latitude
    accuracy_m: Accuracy | None = None
    at: Moment | None = None


class ShiftOut(Schema):
    """A planned shift."""

    id: int
    duty_grid: str
    name: str
    begins_at: datetime
    ends_at: datetime


class StintOut(Schema):
    """A stint; distances in metres outside the duty grid, 0 inside, null where unknown."""

    id: int
    duty_grid: str | None
    name: str
    signed_on_at: datetime
    signed_off_at: datetime | None
    on_distance_m: int | None
    off_distance_m: int | None
    on_break_since: datetime | None


class PaceOut(Schema):
    """How often the telephone takes positions and sends them, in seconds."""

    moving_seconds: int
    still_seconds: int
    batch_seconds: int


class AlarmOut(Schema):
    """An alarm as its person and the desk see it."""

    id: int
    state: str = Field(examples=["open"])
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str
    closed_at: datetime | None
    level: int
    lon: float | None
    lat: float | None
    person: str


class DutyOut(Schema):
    """Where somebody stands: their shift, stint and open alarm, if any."""

    now: datetime
    shift: ShiftOut | None
    stint: StintOut | None
    pace: PaceOut
    alarm: AlarmOut | None
    unread: int


class AlarmIn(Schema):
    """A call for help; `key` is the telephone's own, so that it is raised once."""

    key: Annotated[str, text_rule(64), Field(min_length=1)]
    lon: Longitude | None = None
    lat: Latitude | None = None
    accuracy_m: Accuracy | None = None
    at: Moment | None = None


class NoteIn(Schema):
    """How an alarm ended."""

    note: Annotated[str, text_rule(1000)]


class CalloutIn(Schema):
    """A message or call-out, to people by name, a group, or who is on duty in an area or near."""

    kind: Literal["message", "callout"] = "message"
    words: Annotated[str, text_rule(1000)]
    people: Annotated[list[Annotated[str, text_rule(150)]], Field(max_length=500)] = []
    group: RowKey | None = None
    area: Annotated[str, text_rule(20)] = ""
    nearest: Annotated[int, Field(ge=0, le=100)] = 0
    lon: Longitude | None = None
    lat: Latitude | None = None
    case: Annotated[str, text_rule(60)] = ""


class AnswerIn(Schema):
    """What somebody says to a call-out."""

    answer: Literal["read", "accepted", "declined"]
    note: Annotated[str, text_rule(300)] = ""


class CalloutOut(Schema):
    """A message or call-out as the person who got it sees it."""

    id: int
    kind: str
    words: str
    sent_at: datetime
    sent_by: str
    lon: float | None
    lat: float | None
    case: str
    read_at: datetime | None
    answer: str


class ReceiptOut(Schema):
    """What one person said."""

    person: str
    read_at: datetime | None
    answer: str
    answered_at: datetime | None


class CalloutSentOut(Schema):
    """A message or call-out as the desk sees it."""

    id: int
    kind: str
    words: str
    sent_at: datetime
    receipts: list[ReceiptOut]


class WhereaboutsOut(Schema):
    """Where somebody on duty was last; degrees CGCS2000."""

    person: str
    name: str
    lon: float
    lat: float
    at: datetime
    accuracy_m: float | None
    speed_ms: float | None
    battery: int | None
    stint: int | None


class CoverageOut(Schema):
    """What of the duty grid was visited: unit grids and seconds, over a period."""

    first: str
    last: str
    grids: int
    visited: int
    percent: float | None
    seconds: int
    walked_m: int
