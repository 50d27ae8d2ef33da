"""The forms of surveys that belong to no step: ordering one, reporting what it found."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.shell.schemaforms import SchemaForm, pieces

MOST_AREAS = 400

ORDER: dict[str, Any] = {
    "type": "object",
    "required": ["title", "category", "area", "ends_on"],
    "properties": {
        "title": pieces.text(gettext_noop("Title"), 120, least=2),
        "category": {"type": "string", "title": gettext_noop("Class"), "x-ui": "select"},
        "area": {"type": "string", "title": gettext_noop("Area"), "x-ui": "select"},
        "starts_on": {
            "type": "string",
            "format": "date",
            "title": gettext_noop("Counting begins on"),
        },
        "ends_on": {"type": "string", "format": "date", "title": gettext_noop("Counting ends on")},
        "words": pieces.words(gettext_noop("Instructions"), 5000),
    },
}

FINDING: dict[str, Any] = {
    "type": "object",
    "required": ["description"],
    "properties": {
        "description": pieces.words(gettext_noop("What is wrong"), least=2),
        **pieces.PLACE,
        "address": pieces.ADDRESS,
        "media": pieces.PHOTOGRAPHS,
    },
}


def order_form(scope: organisation.Scope) -> SchemaForm:
    """Return the form a survey is ordered with, over the reader's areas."""
    hints = {
        "title": {"help": gettext_noop("For example: manhole covers before the rain")},
        "category": {"widget": "select", "groups": catalogue.class_groups()},
        "area": {"widget": "select", "options": dict(_areas(scope))},
        "words": {"help": gettext_noop("How to count, what to look at, what to report")},
    }
    values = {"starts_on": f"{timezone.localdate():%Y-%m-%d}"}
    return SchemaForm(ORDER, hints, values=values, prefix="survey")


def finding_form(*, center: str = "") -> SchemaForm:
    """Return the form a found problem is reported with; the map begins at "lon,lat"."""
    hints: dict[str, Any] = {"lon": {"layers": "areas grids"}}
    if center:
        hints["lon"] |= {"center": center, "zoom": 15}
    return SchemaForm(FINDING, hints, prefix="finding")


def _areas(scope: organisation.Scope) -> list[tuple[str, str]]:
    """Return the divisions down to the street a person may order surveys for."""
    kinds = [
        geography.AreaKind.CITY,
        geography.AreaKind.DISTRICT,
        geography.AreaKind.STREET,
    ]
    held = scope.within(organisation.duties.ORDER_SURVEYS, "path")
    rows = geography.Area.objects.filter(geography.valid(), held, kind__in=kinds)
    return [
        (
            row.code,
            "　" * kinds.index(geography.AreaKind(row.kind)) + row.name,
        )
        for row in rows.order_by("path")[:MOST_AREAS]
    ]
