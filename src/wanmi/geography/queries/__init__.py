"""Asking where: areas, their names, what lies at a point."""

from ..basemap.store import Feature as BaseFeature
from ..models import Area, AreaKind, Place, PlaceKind
from .areas import (
    Holder,
    NoSuchArea,
    area,
    areas_for,
    below,
    children,
    paths_of,
    search,
    valid,
    visible_to,
)
from .ground import forget
from .locating import Located, LocatedMany, locate, locate_many
from .naming import AreaName, codes_of, names_of, names_of_many

__all__ = [
    "Area",
    "AreaKind",
    "AreaName",
    "BaseFeature",
    "Holder",
    "Located",
    "LocatedMany",
    "NoSuchArea",
    "Place",
    "PlaceKind",
    "area",
    "areas_for",
    "below",
    "children",
    "codes_of",
    "forget",
    "locate",
    "locate_many",
    "names_of",
    "names_of_many",
    "paths_of",
    "search",
    "valid",
    "visible_to",
]
