"""The map and what it stands on."""

from typing import Any

from ..basemaps import address, symbols
from . import prepares


@prepares("map")
def map_(**given: Any) -> dict[str, Any]:
    """Every map has the house's base map below it; absent attributes stay absent."""
    absent = dict.fromkeys(("points", "mark", "center", "bbox"))
    return absent | given | {"basemap": address(), "symbols": symbols()}
