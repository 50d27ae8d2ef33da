"""The standard case: the shipped drawing with its forms."""

import json
from datetime import datetime
from importlib.resources import files

from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow

STANDARD_CASE = "standard_case"


def publish_standard_case(*, by: journal.Actor = None, at: datetime | None = None) -> None:
    """Publish the shipped drawing; nothing happens when it is already the newest."""
    data = files("wanmi.cases") / "data"
    forms = {
        form.name.removesuffix(".json"): json.loads(form.read_text("utf-8"))
        for form in (data / "forms").iterdir()
    }
    drawing = (data / "standard_case.bpmn").read_text("utf-8")
    workflow.publish_procedure(STANDARD_CASE, drawing, forms, by=by, at=at)
