"""What of procedures ships with cases: drawings and decision tables."""

from functools import partial
from typing import Final

from wanmi.workflow import actions as workflow

from .. import deciding

STANDARD_CASE: Final = "standard_case"
SELF_HANDLED: Final = "self_handled"
SHIPPED: Final = (STANDARD_CASE, SELF_HANDLED)


def offer_tables() -> None:
    """Say which decision tables the house asks about a case."""
    for code, names in {
        deciding.LIMITS: ("默认处置时限", "Default handling limits"),
        deciding.ROUTING: ("派遣部门", "Departments for dispatch"),
    }.items():
        workflow.offer_table(code, names, partial(deciding.shipped_table, code))
