"""The forms of the pages: a shift, a correction, a call-out, a group."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.shell.schemaforms import SchemaForm

from . import queries

MOST = 500
TIME = {"type": "string", "minLength": 4, "maxLength": 5, "pattern": r"^\d{1,2}:\d{2}$"}

SHIFT: dict[str, Any] = {
    "type": "object",
    "required": ["person", "duty_grid", "day", "begins", "ends"],
    "properties": {
        "person": {"type": "string", "title": gettext_noop("Who patrols")},
        "duty_grid": {"type": "string", "title": gettext_noop("Duty grid")},
        "day": {"type": "string", "format": "date", "title": gettext_noop("First day")},
        "begins": {**TIME, "title": gettext_noop("Begins at")},
        "ends": {**TIME, "title": gettext_noop("Ends at")},
        "days": {
            "type": "integer",
            "title": gettext_noop("On how many days in a row"),
            "minimum": 1,
            "maximum": 31,
        },
    },
}
CALLOUT: dict[str, Any] = {
    "type": "object",
    "required": ["words"],
    "properties": {
        "kind": {"type": "string", "title": gettext_noop("What it asks")},
        "words": {
            "type": "string",
            "title": gettext_noop("What it is about"),
            "minLength": 2,
            "maxLength": 1000,
        },
        "people": {
            "type": "array",
            "title": gettext_noop("These people"),
            "items": {"type": "string"},
            "maxItems": 200,
        },
        "group": {"type": "string", "title": gettext_noop("This group")},
        "area": {"type": "string", "title": gettext_noop("Everybody on duty in")},
        "nearest": {
            "type": "integer",
            "title": gettext_noop("So many of the nearest to a place"),
            "minimum": 0,
            "maximum": 50,
        },
        "lon": {
            "type": "number",
            "title": gettext_noop("Longitude"),
            "minimum": -180,
            "maximum": 180,
        },
        "lat": {"type": "number", "title": gettext_noop("Latitude"), "minimum": -90, "maximum": 90},
        "case": {"type": "string", "title": gettext_noop("About case"), "maxLength": 60},
    },
}
GROUP: dict[str, Any] = {
    "type": "object",
    "required": ["name", "people"],
    "properties": {
        "name": {
            "type": "string",
            "title": gettext_noop("Name of the group"),
            "minLength": 2,
            "maxLength": 60,
        },
        "people": CALLOUT["properties"]["people"],
    },
}


def shift_form(scope: organisation.Scope) -> SchemaForm:
    """Return the form a shift is planned with."""
    held = scope.within(organisation.duties.LEAD_PATROLS, "path")
    grids = geography.duty_grids().filter(held)[:MOST]
    hints = {
        "person": {"widget": "select", "options": _people(scope)},
        "duty_grid": {"widget": "select", "options": {row.code: row.name for row in grids}},
        "begins": {"widget": "text", "placeholder": "08:00"},
        "ends": {
            "widget": "text",
            "placeholder": "17:00",
            "help": gettext_noop("An end before the begin is the next day's."),
        },
    }
    day = timezone.localdate().isoformat()
    values = {"day": day, "begins": "08:00", "ends": "17:00", "days": 1}
    return SchemaForm(SHIFT, hints, values=values, prefix="shift")


def callout_form(scope: organisation.Scope, given: dict[str, Any]) -> SchemaForm:
    """Return the form a message or call-out is sent with."""
    kinds = {
        "message": gettext("A message, to be read"),
        "callout": gettext("A call-out, answered"),
    }
    groups = {str(row.pk): row.name for row in queries.groups(scope)[:MOST]}
    hints = {
        "kind": {"widget": "radio", "options": kinds},
        "words": {"widget": "textarea"},
        "people": {"widget": "checkboxes", "options": _people(scope)},
        "group": {"widget": "select", "options": groups},
        "area": {"widget": "select", "options": _areas(scope)},
        "lon": {"widget": "place", "layers": "areas duty_grids"},
        "lat": {"widget": "place"},
    }
    return SchemaForm(CALLOUT, hints, values={"kind": "message", **given}, prefix="callout")


def group_form(scope: organisation.Scope) -> SchemaForm:
    """Return the form a group is made with."""
    hints = {"people": {"widget": "checkboxes", "options": _people(scope)}}
    return SchemaForm(GROUP, hints, prefix="group")


def _people(scope: organisation.Scope) -> dict[str, str]:
    return {row.username: row.name for row in queries.patrollers(scope)[:MOST]}


def _areas(scope: organisation.Scope) -> dict[str, str]:
    kinds = [geography.AreaKind.CITY, geography.AreaKind.DISTRICT, geography.AreaKind.STREET]
    held = scope.whole.within(organisation.duties.LEAD_PATROLS, "path")
    rows = geography.Area.objects.filter(geography.valid(), held, kind__in=kinds)
    return {row.code: row.name for row in rows.defer("boundary").order_by("path")[:MOST]}
