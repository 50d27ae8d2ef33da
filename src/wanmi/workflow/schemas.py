"""Tasks as the API documents them."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema


class ActionOut(Schema):
    """One way to finish a task; `fields` is a JSON Schema with choices filled in."""

    name: str = Field(examples=["dispatch"])
    label: str = Field(examples=["派遣"])
    tone: str = Field(examples=["primary"])
    fields: dict[str, Any] = Field(
        examples=[
            {
                "type": "object",
                "required": ["department"],
                "properties": {
                    "department": {
                        "type": "string",
                        "title": "责任部门",
                        "oneOf": [{"const": "CLEAN", "title": "环境卫生管理所"}],
                        "default": "CLEAN",
                    }
                },
            }
        ]
    )


class SubjectOut(Schema):
    """What a task is about: a case, a survey, a consultation. The point in CGCS2000 degrees."""

    kind: str = Field(examples=["case"])
    number: str = Field(examples=["9901012026112100001"])
    title: str = Field(examples=["暴露垃圾"])
    words: str = Field(examples=["路口东南角有一堆垃圾"])
    place: str
    lon: float | None = Field(examples=[116.404])
    lat: float | None = Field(examples=[39.915])
    gcj02: list[float] | None = Field(examples=[[116.410244, 39.916404]])
    at: datetime
    link: str = Field(examples=["/cases/9901012026112100001"])


class TaskOut(Schema):
    """A task that waits, with what the caller may do; `case` is the case it is about, if any."""

    id: int
    case: str | None = Field(examples=["9901012026112100001"])
    subject: SubjectOut
    step: str = Field(examples=["dispatch"])
    name: str = Field(examples=["派遣"])
    role: str = Field(examples=["dispatcher"])
    holder: str | None = Field(examples=["dispatcher"])
    opened_at: datetime
    deadline: datetime | None
    lamp: str | None
    actions: list[ActionOut]


class TaskPage(Schema):
    """A page of tasks."""

    items: list[TaskOut]
    next: str | None = None
