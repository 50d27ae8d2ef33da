"""What may be done with the ground data: enter, draw, end, assign."""

from ..basemap.kept import keep_basemap
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
from .lineage import CyclicParents, MissingParent, UnknownKind, WrongParent

__all__ = [
    "CodeInUse",
    "CyclicParents",
    "GridsElsewhere",
    "HasAreasBelow",
    "MissingParent",
    "MovedBackwards",
    "NewArea",
    "NoSuchGrids",
    "NotValid",
    "UnknownKind",
    "WrongParent",
    "assign_unit_grids",
    "draw_boundaries",
    "end_areas",
    "enter_area",
    "enter_areas",
    "keep_basemap",
    "make_duty_grid",
    "revise_area",
]
