"""What may be done with surveys: order one, work its tasks, report what it finds."""

from .ordering import UnknownArea, WrongPeriod, order
from .reporting import FindingsOver, report_finding
from .working import (
    SPLITS,
    MoreFaultyThanCounted,
    NothingToSplit,
    SharesOutstanding,
    perform_share_task,
    perform_survey_task,
    splits,
)

__all__ = [
    "SPLITS",
    "FindingsOver",
    "MoreFaultyThanCounted",
    "NothingToSplit",
    "SharesOutstanding",
    "UnknownArea",
    "WrongPeriod",
    "order",
    "perform_share_task",
    "perform_survey_task",
    "report_finding",
    "splits",
]
