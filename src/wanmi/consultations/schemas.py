"""Consultations as the API takes and documents them."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from wanmi.kernel.text import text_rule


class ConsultationIn(Schema):
    """A question to departments (codes), about a case (number) or an area (code)."""

    topic: Annotated[str, text_rule(120), Field(examples=["占道施工恢复责任"])]
    question: Annotated[str, text_rule(5000)]
    departments: Annotated[list[Annotated[str, text_rule(40)]], Field(min_length=1, max_length=50)]
    case: Annotated[str, text_rule(40)] = ""
    area: Annotated[str, text_rule(20)] = ""
    days: Annotated[int, Field(ge=1, le=30)] = 2


class ConsultationLine(Schema):
    """A consultation in a list."""

    number: str = Field(examples=["HS202611210001"])
    topic: str
    case: str | None
    area_path: str
    state: str = Field(examples=["gathering"])
    opened_at: datetime
    ended_at: datetime | None


class OpinionOut(Schema):
    """What one department was asked and said."""

    department: str = Field(examples=["CLEAN"])
    round: int
    state: str = Field(examples=["given"])
    position: str = Field(examples=["agree"])
    words: str
    by: str | None
    at: datetime | None


class ConsultationWhole(ConsultationLine):
    """A consultation with its opinions and its conclusion."""

    question: str
    round: int
    opinions: list[OpinionOut]
    conclusion: str
    acting: str | None


class ConsultationPage(Schema):
    """A page of consultations."""

    items: list[ConsultationLine]
    next: str | None = None
