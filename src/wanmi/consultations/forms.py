"""The form a consultation is opened with."""

from typing import Any

from django.utils.translation import gettext_noop

from wanmi.cases.queries import Case
from wanmi.shell.schemaforms import SchemaForm, pieces

from . import queries, words
from .actions.opening import FEWEST_DAYS, MOST_DAYS


def opening_form(area_path: str, case: Case | None) -> SchemaForm:
    """Return the form over an area, with its departments to choose from."""
    departments = [
        {"const": body.code, "title": words.body_name(body)}
        for body in queries.departments_for(area_path)
    ]
    schema: dict[str, Any] = {
        "type": "object",
        "required": ["topic", "question", "departments", "days"],
        "properties": {
            "topic": pieces.text(gettext_noop("Topic"), 120, least=2),
            "question": pieces.words(gettext_noop("Question put"), 5000, least=2),
            "departments": {
                "type": "array",
                "title": gettext_noop("Departments"),
                "items": {"type": "string", "oneOf": departments},
                "minItems": 1,
                "x-ui": "checkboxes",
            },
            "days": {
                "type": "integer",
                "title": gettext_noop("Working days to answer"),
                "minimum": FEWEST_DAYS,
                "maximum": MOST_DAYS,
                "x-ui": "number",
            },
        },
    }
    values: dict[str, Any] = {"days": 2}
    if case is not None:
        values["question"] = case.description
    return SchemaForm(schema, values=values, prefix="consultation")
