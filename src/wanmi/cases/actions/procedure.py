"""The shipped procedures of cases: their drawings with their forms."""

import json
from datetime import datetime
from functools import partial
from importlib.resources import files
from typing import Any, Final

from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow

from .. import deciding

STANDARD_CASE: Final = "standard_case"
SELF_HANDLED: Final = "self_handled"
SHIPPED: Final = (STANDARD_CASE, SELF_HANDLED)


def publish_shipped_procedures(*, by: journal.Actor = None, at: datetime | None = None) -> None:
    """Publish every shipped drawing; one that is already the newest changes nothing."""
    for code in SHIPPED:
        _publish(code, by, at)


def _publish(code: str, by: journal.Actor, at: datetime | None) -> None:
    drawing = (files("wanmi.cases") / "data" / f"{code}.bpmn").read_text("utf-8")
    workflow.publish_procedure(code, drawing, _forms(), by=by, at=at)


def _forms() -> dict[str, dict[str, Any]]:
    folder = files("wanmi.cases") / "data" / "forms"
    return {
        form.name.removesuffix(".json"): json.loads(form.read_text("utf-8"))
        for form in folder.iterdir()
    }


def offer_tables() -> None:
    """Say which decision tables the house asks about a case."""
    for code, names in {
        deciding.LIMITS: ("默认处置时限", "Default handling limits"),
        deciding.ROUTING: ("派遣部门", "Departments for dispatch"),
    }.items():
        workflow.offer_table(code, names, partial(deciding.shipped_table, code))
