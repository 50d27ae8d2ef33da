"""What many forms ask alike: a text, a place on the map, an address, photographs."""

from typing import Any

from django.utils.translation import gettext_noop

Piece = dict[str, Any]


def text(title: str, longest: int, *, least: int = 0, ui: str = "text") -> Piece:
    """Return a text of `least` to `longest` characters."""
    limits = {"minLength": least} if least else {}
    return {"type": "string", "title": title, **limits, "maxLength": longest, "x-ui": ui}


def words(title: str, longest: int = 2000, *, least: int = 0) -> Piece:
    """Return a text of several lines."""
    return text(title, longest, least=least, ui="textarea")


def media(title: str, most: int) -> Piece:
    """Return photographs and papers, by their keys."""
    items = {"type": "integer"}
    return {"type": "array", "title": title, "items": items, "maxItems": most, "x-ui": "media"}


def _degrees(title: str, most: int) -> Piece:
    return {"type": "number", "title": title, "minimum": -most, "maximum": most, "x-ui": "place"}


PLACE: dict[str, Piece] = {
    "lon": _degrees(gettext_noop("Longitude"), 180),
    "lat": _degrees(gettext_noop("Latitude"), 90),
}
"""A point asked on the map, in degrees of CGCS2000."""
ADDRESS = text(gettext_noop("Address"), 256)
PHOTOGRAPHS = media(gettext_noop("Photographs"), 12)
