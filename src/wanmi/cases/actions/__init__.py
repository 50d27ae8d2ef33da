"""What may be done with a case: report it, work its tasks."""

from .adjusting import (
    AssignmentStands,
    NothingToAppeal,
    enter_shipped_rules,
    offer_adjustments,
)
from .indexing import rebuild_words
from .procedure import publish_standard_case
from .reporting import Reporter, UnknownCategory, UnknownPart, report
from .working import perform_task

__all__ = [
    "AssignmentStands",
    "NothingToAppeal",
    "Reporter",
    "UnknownCategory",
    "UnknownPart",
    "enter_shipped_rules",
    "offer_adjustments",
    "perform_task",
    "publish_standard_case",
    "rebuild_words",
    "report",
]
