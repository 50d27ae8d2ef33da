"""What forms need beside their schema: classes to choose from, where the map looks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop

from wanmi.catalogue import queries as catalogue
from wanmi.shell.schemaforms import SchemaForm, pieces

from . import words
from .models import Case

REPORT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["description"],
    "properties": {
        "description": pieces.words(gettext_noop("What is wrong"), least=2),
        **pieces.PLACE,
        "address": pieces.ADDRESS,
        "category": {"type": "string", "title": gettext_noop("Class"), "x-ui": "select"},
        "media": pieces.PHOTOGRAPHS,
    },
}
SOURCE_SCHEMA = {"type": "string", "title": gettext_noop("Source"), "x-ui": "select"}


def hints_for(schema: Mapping[str, Any], case: Case | None = None) -> dict[str, Any]:
    """Return the hints a form of a step needs for its classes and its map."""
    hints: dict[str, Any] = {}
    if "category" in schema.get("properties", {}):
        hints["category"] = {"widget": "select", "groups": catalogue.class_groups()}
    if "lon" in schema.get("properties", {}):
        hints["lon"] = {"layers": "areas grids"}
        if case is not None and case.lon is not None:
            hints["lon"] |= {"center": f"{case.lon},{case.lat}", "zoom": 16}
    return hints


def report_form(*, is_staff: bool, prefix: str = "") -> SchemaForm:
    """Return the form a problem is reported with; staff also say where it came from."""
    schema = REPORT_SCHEMA
    hints = hints_for(schema)
    hints["description"] = {"help": gettext_noop("What it is, how bad, since when")}
    hints["address"] = {"help": gettext_noop("Street and number, or what stands beside it")}
    if is_staff:
        properties = {
            **schema["properties"],
            "source": {**SOURCE_SCHEMA, "enum": list(words.SOURCES)},
        }
        schema = {**schema, "properties": properties}
        hints["source"] = {"options": {key: str(text) for key, text in words.SOURCES.items()}}
    return SchemaForm(schema, hints, prefix=prefix)
