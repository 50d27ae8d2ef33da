"""Surveys as the API takes and documents them."""

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from wanmi.kernel.text import Finite, RowKey, text_rule

Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(9000, 1, 1))]


class SurveyIn(Schema):
    """A survey as it is ordered; days are the city's, the last one included."""

    title: Annotated[str, text_rule(120), Field(examples=["井盖专项普查"])]
    category: Annotated[str, text_rule(20), Field(examples=["part/01001"])]
    area: Annotated[str, text_rule(20), Field(examples=["990101"])]
    ends_on: Day
    starts_on: Day | None = None
    words: Annotated[str, text_rule(5000)] = ""


class FindingIn(Schema):
    """A problem found while counting; the point in CGCS2000 degrees."""

    description: Annotated[str, text_rule(5000), Field(examples=["井盖破损"])]
    lon: Annotated[Finite, Field(ge=-180, le=180)] | None = None
    lat: Annotated[Finite, Field(ge=-90, le=90)] | None = None
    address: Annotated[str, text_rule(256)] = ""
    media: Annotated[list[RowKey], Field(max_length=12)] = []


class SurveyLine(Schema):
    """A survey in a list."""

    number: str = Field(examples=["PC202611210001"])
    title: str
    category: str = Field(examples=["part/01001"])
    category_name: str
    area_path: str
    state: str = Field(examples=["running"])
    starts_on: date
    ends_on: date
    ordered_at: datetime
    ended_at: datetime | None


class Figures(Schema):
    """What a survey has brought in so far."""

    shares: int
    done: int
    reviewing: int
    withdrawn: int
    counted: int
    faulty: int
    found: int
    open: int


class ShareOut(Schema):
    """What one area's collectors counted."""

    id: int
    area: str = Field(examples=["990101001"])
    area_name: str
    state: str = Field(examples=["collecting"])
    counted: int | None
    faulty: int | None
    remarks: str
    collector: str | None


class SurveyWhole(SurveyLine):
    """A survey with its figures, and shares and found cases in the caller's areas."""

    words: str
    split_by: str
    figures: Figures
    shares: list[ShareOut]
    found: list[str]
    conclusion: str
    advice: str


class SurveyPage(Schema):
    """A page of surveys."""

    items: list[SurveyLine]
    next: str | None = None


class FindingOut(Schema):
    """The case that was opened for a finding."""

    case: str
    survey: str
