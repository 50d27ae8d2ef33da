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
    duty_grids,
    has_children,
    members_of,
    paths_of,
    search,
    unit_grids_of,
    valid,
    visible_to,
)
from .geocoding import Match, geocode, geocode_many, places_named
from .ground import forget
from .locating import Located, LocatedMany, locate, locate_many
from .naming import AreaName, codes_of, names_of, names_of_many, spoken_of_many
from .reaching import Reach, reach_of
from .reversing import Address, distance_m, reverse

__all__ = [
    "Address",
    "Area",
    "AreaKind",
    "AreaName",
    "BaseFeature",
    "Holder",
    "Located",
    "LocatedMany",
    "Match",
    "NoSuchArea",
    "Place",
    "PlaceKind",
    "Reach",
    "area",
    "areas_for",
    "below",
    "children",
    "codes_of",
    "distance_m",
    "duty_grids",
    "forget",
    "geocode",
    "geocode_many",
    "has_children",
    "locate",
    "locate_many",
    "members_of",
    "names_of",
    "names_of_many",
    "paths_of",
    "places_named",
    "reach_of",
    "reverse",
    "search",
    "spoken_of_many",
    "unit_grids_of",
    "valid",
    "visible_to",
]
