"""What may be done with a case: report it, work its tasks."""

from .adjusting import (
    AssignmentStands,
    NothingToAppeal,
    enter_shipped_rules,
    offer_adjustments,
)
from .indexing import rebuild_words
from .procedure import offer_tables, publish_shipped_procedures
from .reporting import (
    PhotographsMissing,
    Reporter,
    UnknownCategory,
    UnknownPart,
    UnknownSource,
    report,
)
from .taking_over import Classes, ForeignCase, TakenOver, take_over
from .visiting import offer_visit_back
from .working import carry_on, perform_task

__all__ = [
    "AssignmentStands",
    "Classes",
    "ForeignCase",
    "NothingToAppeal",
    "PhotographsMissing",
    "Reporter",
    "TakenOver",
    "UnknownCategory",
    "UnknownPart",
    "UnknownSource",
    "carry_on",
    "enter_shipped_rules",
    "offer_adjustments",
    "offer_tables",
    "offer_visit_back",
    "perform_task",
    "publish_shipped_procedures",
    "rebuild_words",
    "report",
    "take_over",
]
