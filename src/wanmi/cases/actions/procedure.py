"""The shipped procedures of cases: their drawings with their forms."""

from datetime import datetime
from functools import partial
from typing import Final

from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow

from .. import deciding

STANDARD_CASE: Final = "standard_case"
SELF_HANDLED: Final = "self_handled"
SHIPPED: Final = (STANDARD_CASE, SELF_HANDLED)


def publish_shipped_procedures(*, by: journal.Actor = None, at: datetime | None = None) -> None:
    """Publish every shipped drawing; one that is already the newest changes nothing."""
    for code in SHIPPED:
        workflow.publish_shipped("wanmi.cases", code, by=by, at=at)


def offer_tables() -> None:
    """Say which decision tables the house asks about a case."""
    for code, names in {
        deciding.LIMITS: ("默认处置时限", "Default handling limits"),
        deciding.ROUTING: ("派遣部门", "Departments for dispatch"),
    }.items():
        workflow.offer_table(code, names, partial(deciding.shipped_table, code))
