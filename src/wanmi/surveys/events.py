"""What happens to surveys."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class SurveyEvent(Event):
    """Something about one survey."""

    subject_kind = "survey"
    id: int
    number: str


@dataclass(frozen=True)
class SurveyOrdered(SurveyEvent):
    """A survey of a class ("event/06001") was ordered; days as YYYY-MM-DD."""

    category: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True)
class SurveyIssued(SurveyEvent):
    """Its shares were sent out."""

    shares: int


@dataclass(frozen=True)
class ShareCounted(SurveyEvent):
    """A share's figures were brought in."""

    share: int
    counted: int
    faulty: int


@dataclass(frozen=True)
class FindingReported(SurveyEvent):
    """A case was reported from a share."""

    share: int
    case: int


@dataclass(frozen=True)
class SurveyEnded(SurveyEvent):
    """The survey came to an end; `conclusion` is the salted digest of its report."""

    state: str
    conclusion: str = ""
