"""What may be done with a case: report it, work its tasks."""

from ..errands.coworking import CoHandlersOutstanding, NotACoHandler
from ..errands.giving import ErrandSettled, NotNow, UnknownErrand
from ..errands.giving import end as end_errand
from ..errands.giving import give as give_errand
from ..errands.transferring import NoSuchLevel
from ..panels import Panel, panels
from ..rules import new_tracking_code
from .adjusting import (
    NothingToAppeal,
    enter_shipped_rules,
    offer_adjustments,
)
from .indexing import rebuild_words
from .noting import add_note
from .procedure import offer_tables
from .reporters import find_by_reporter
from .reporting import (
    PhotographsMissing,
    Reporter,
    UnknownCategory,
    UnknownPart,
    UnknownSource,
    accepting_area,
    report,
)
from .rerouting import AssignmentStands, DelegationStands, PaperMissing, UnknownGround
from .shipping import take_news
from .shirking import NoGroundlessReturn, determine_shirking
from .taking_over import Classes, ForeignCase, TakenOver, take_over
from .visiting import keep_satisfaction, offer_visit_back
from .working import carry_on, perform_task

offer_panel = panels.offer
"""Put a panel on the page of every case."""

__all__ = [
    "AssignmentStands",
    "Classes",
    "CoHandlersOutstanding",
    "DelegationStands",
    "ErrandSettled",
    "ForeignCase",
    "NoGroundlessReturn",
    "NoSuchLevel",
    "NotACoHandler",
    "NotNow",
    "NothingToAppeal",
    "Panel",
    "PaperMissing",
    "PhotographsMissing",
    "Reporter",
    "TakenOver",
    "UnknownCategory",
    "UnknownErrand",
    "UnknownGround",
    "UnknownPart",
    "UnknownSource",
    "accepting_area",
    "add_note",
    "carry_on",
    "determine_shirking",
    "end_errand",
    "enter_shipped_rules",
    "find_by_reporter",
    "give_errand",
    "keep_satisfaction",
    "new_tracking_code",
    "offer_adjustments",
    "offer_panel",
    "offer_tables",
    "offer_visit_back",
    "perform_task",
    "rebuild_words",
    "report",
    "take_news",
    "take_over",
]
