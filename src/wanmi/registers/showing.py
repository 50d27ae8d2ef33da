"""What the page of a part shows of its history and of the rooms above."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Part, PartChange, PartState

WORDS = {
    "state": _("State"),
    "lon": _("Longitude"),
    "lat": _("Latitude"),
    "grid_code": _("Unit grid"),
    "name_zh": _("Name (Chinese)"),
    "name_en": _("Name (English)"),
    "department_code": _("Code of the supervising department"),
    "department_name": _("Supervising department"),
    "owner_code": _("Code of the owner"),
    "owner_name": _("Owner"),
    "maintainer_code": _("Code of the maintainer"),
    "maintainer_name": _("Maintainer"),
    "initial_date": _("First entered"),
    "data_source": _("Data source"),
    "position_class": _("Position class"),
    "note": _("Note"),
}
SOURCES = {
    "surveyed": _("Surveyed"),
    "topographic_map": _("Topographic map"),
    "base_geodata": _("Base geodata"),
    "other": _("Other"),
}


def changes(rows: list[PartChange]) -> list[dict[str, Any]]:
    """Return the changes as a timeline shows them: what was, what is, why, who."""
    return [
        {
            "title": row.get_operation_display(),
            "at": row.at,
            "actor": row.by,
            "opinion": _told(row),
        }
        for row in rows
    ]


def form_of(part: Part) -> dict[str, Any]:
    """Return what the form of a part holds when it is opened."""
    names = ("state", "name_zh", "name_en", "department_name", "owner_name", "maintainer_name")
    values = {name: getattr(part, name) for name in (*names, "note")}
    return values | {"lon": f"{part.lon:.6f}", "lat": f"{part.lat:.6f}", "reason": ""}


def _told(row: PartChange) -> str:
    lines = [
        f"{WORDS[name]}: {word(name, row.before.get(name))} → {word(name, value)}"
        for name, value in row.after.items()
        if name in WORDS
    ]
    return "\n".join([row.reason, *lines])


def word(name: str, value: Any) -> str:
    """Return a fact of a part in words."""
    if name == "state":
        return str(PartState(value).label)
    if name == "data_source":
        return str(SOURCES.get(value, value or "–"))
    return f"{value:.6f}" if isinstance(value, float) else str(value or "–")
