"""What may be done with the ground data: enter, draw, end, assign; layers on offer."""

from ..basemap.kept import keep_basemap
from ..layers import LAMPS, TileAsked
from .areas import (
    CodeInUse,
    HasAreasBelow,
    NewArea,
    NotValid,
    draw_boundaries,
    end_areas,
    enter_area,
    enter_areas,
    revise_area,
)
from .duty_grids import (
    GridsElsewhere,
    MovedBackwards,
    NoSuchGrids,
    assign_unit_grids,
    make_duty_grid,
)
from .layers import (
    Layer,
    PointLayer,
    keep_counts,
    offer_layer,
    offer_points,
    rebuild_points,
    recount_points,
    start_keeping,
)
from .lineage import CyclicParents, MissingParent, UnknownKind, WrongParent
from .places import (
    MissingPlace,
    NewPlace,
    Nowhere,
    PlaceTwice,
    UnknownPlaceKind,
    end_places,
    enter_places,
)

__all__ = [
    "LAMPS",
    "CodeInUse",
    "CyclicParents",
    "GridsElsewhere",
    "HasAreasBelow",
    "Layer",
    "MissingParent",
    "MissingPlace",
    "MovedBackwards",
    "NewArea",
    "NewPlace",
    "NoSuchGrids",
    "NotValid",
    "Nowhere",
    "PlaceTwice",
    "PointLayer",
    "TileAsked",
    "UnknownKind",
    "UnknownPlaceKind",
    "WrongParent",
    "assign_unit_grids",
    "draw_boundaries",
    "end_areas",
    "end_places",
    "enter_area",
    "enter_areas",
    "enter_places",
    "keep_basemap",
    "keep_counts",
    "make_duty_grid",
    "offer_layer",
    "offer_points",
    "rebuild_points",
    "recount_points",
    "revise_area",
    "start_keeping",
]
