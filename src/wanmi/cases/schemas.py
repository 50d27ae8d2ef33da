"""Cases as the API documents them.

The answers are built as plain dictionaries and written as they are, since
checking fifty of them costs more than fetching them; a test holds them to
these schemas.
"""

from datetime import date, datetime, time
from typing import Any

from ninja import Field, Schema

from wanmi.workflow.queries import TaskOut


class CaseLine(Schema):
    """A case in a list. Points in CGCS2000 degrees; times are UTC."""

    id: int = Field(examples=[1024])
    number: str = Field(examples=["9901012026112100001"])
    phase: str = Field(examples=["handling"])
    state: str = Field(examples=["pending_handling"])
    kind: str = Field(examples=["event"])
    category: str = Field(examples=["06001"])
    category_name: str = Field(examples=["暴露垃圾"])
    description: str = Field(examples=["路口东南角有一堆垃圾"])
    address: str = Field(examples=["解放路 12 号"])
    source: str = Field(examples=["supervisor"])
    lon: float | None = Field(examples=[116.404])
    lat: float | None = Field(examples=[39.915])
    is_located: bool
    grid_code: str = Field(examples=["990101001001001"])
    lamp: str | None = Field(examples=["green"])
    deadline: datetime | None
    is_urgent: bool
    reported_at: datetime
    ended_at: datetime | None


class ClockOut(Schema):
    """The time limit of a post (level post), a stage, or the whole case."""

    level: str = Field(examples=["stage"])
    stage: str = Field(examples=["handling"])
    limit: str = Field(examples=["4 work_hour"])
    started_at: datetime
    deadline: datetime
    stopped_at: datetime | None
    is_overdue: bool
    lamp: str | None = Field(examples=["yellow"])


class FlowLine(Schema):
    """One line of the flow log."""

    operation: str = Field(examples=["forward"])
    step: str = Field(examples=["file"])
    name: str = Field(examples=["立案"])
    outcome: str = Field(examples=["file"])
    outcome_name: str = Field(examples=["立案"])
    opinion: str
    operator: str | None = Field(examples=["王值班长"])
    post: str | None = Field(examples=["值班长"])
    receiver: str
    received_at: datetime
    at: datetime
    seconds_used: int
    is_overdue: bool


class CaseMedia(Schema):
    """A photograph, recording or paper of a case; `claims` is what the file says of itself."""

    id: int
    sha256: str
    content_type: str = Field(examples=["image/jpeg"])
    purpose: str = Field(examples=["after"])
    step: str
    at: datetime
    claims: dict[str, Any]
    url: str
    thumbnail: str


class AreaOut(Schema):
    """Where a case lies, by name."""

    district: str | None = Field(examples=["江岸区"])
    street: str | None = Field(examples=["桥头街道"])
    community: str | None = Field(examples=["东社区"])


class CaseWhole(CaseLine):
    """A case with its clocks, tasks, timeline and media."""

    tracking_code: str = Field(examples=["7KQ2MZ9XPA"])
    area: AreaOut
    area_path: str
    part: str | None
    department: str | None
    rule: dict[str, Any]
    rework_count: int
    clocks: list[ClockOut]
    tasks: list[TaskOut]
    timeline: list[FlowLine]
    media: list[CaseMedia]


class CasePage(Schema):
    """A page of cases; `next` is the cursor of the following one."""

    items: list[CaseLine]
    next: str | None = None


class ApprovalOut(Schema):
    """What one level decided on a request."""

    role: str = Field(examples=["dispatcher"])
    is_agreed: bool
    opinion: str
    by: str
    acted_for: str | None = Field(None, description="Whose post a deputy decided in")
    at: datetime


class AdjustmentOut(Schema):
    """A request over a case; `waiting_for` is the role that decides next."""

    id: int
    kind: str = Field(examples=["extension"])
    state: str = Field(examples=["pending"])
    reason: str
    asked: dict[str, Any] = Field(examples=[{"until": "2026-12-31"}])
    asked_by: str
    asked_at: datetime
    ends_at: datetime | None
    waiting_for: str | None = Field(examples=["dispatcher"])
    approvals: list[ApprovalOut]


class Askable(Schema):
    """A kind of request the caller may make now."""

    kind: str = Field(examples=["extension"])
    name: str = Field(examples=["延期"])


class Adjustments(Schema):
    """The requests over a case, and those the caller may make."""

    items: list[AdjustmentOut]
    askable: list[Askable]
    next: str | None = None


class UrgeOut(Schema):
    """A reminder or a supervision with its reply."""

    id: int
    kind: str = Field(examples=["supervise"])
    ground: str = Field(examples=["leader"])
    words: str
    by: str
    at: datetime
    body: str | None
    reply_due_at: datetime | None
    reply: str
    replied_by: str | None
    replied_at: datetime | None


class Urges(Schema):
    """Who urged a case."""

    items: list[UrgeOut]
    next: str | None = None


class ErrandOut(Schema):
    """Something asked of somebody beside the drawing of a case, and the answer."""

    id: int
    kind: str = Field(examples=["co_handle"])
    name: str = Field(examples=["协办"])
    state: str = Field(examples=["waiting"])
    words: str
    body: str | None = Field(examples=["990101-power"])
    by: str | None
    at: datetime
    task: int | None
    link: str | None = Field(examples=["/o/W3siaWQ…"])
    due_at: datetime | None
    outcome: str = Field(examples=["done"])
    reply: str
    settled_by: str | None
    settled_at: datetime | None


class ErrandKindOut(Schema):
    """A kind of errand the caller may give now; `fields` is a JSON Schema."""

    kind: str = Field(examples=["instruction"])
    name: str = Field(examples=["领导批示"])
    fields: dict[str, Any]


class Errands(Schema):
    """What was asked beside the drawing, and what the caller may ask for."""

    items: list[ErrandOut]
    givable: list[ErrandKindOut]
    next: str | None


class ShirkingOut(Schema):
    """A refused return that was called groundless."""

    id: int
    request: int
    body: str = Field(examples=["990101-sanitation"])
    words: str
    by: str
    at: datetime


class ControlOut(Schema):
    """A rule for classes in an area, between two days and at times of the day (city time)."""

    id: int
    name: str
    effect: str = Field(examples=["shorter_limit"])
    area_path: str
    classes: list[str] = Field(examples=[["event/06001"]])
    valid_from: date
    valid_to: date | None
    weekdays: list[int]
    from_time: time | None
    to_time: time | None
    limit: str | None = Field(examples=["2 work_hour"])
    minutes: int | None


class Controls(Schema):
    """The controls in force."""

    items: list[ControlOut]
    next: str | None
