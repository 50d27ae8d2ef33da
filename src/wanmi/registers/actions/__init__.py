"""What may be done with the registers: enter parts, change them, take them out."""

from .changing import (
    NothingChanges,
    PartIsRetired,
    ReasonMissing,
    SomebodyWasFaster,
    change_state,
    correct,
    move,
    retire,
)
from .entering import (
    IdentifierTaken,
    NewPart,
    NoNumberLeft,
    OutsideEveryDistrict,
    WrongIdentifier,
    enter_part,
    enter_parts,
)
from .panels import Panel, offer_panel

__all__ = [
    "IdentifierTaken",
    "NewPart",
    "NoNumberLeft",
    "NothingChanges",
    "OutsideEveryDistrict",
    "Panel",
    "PartIsRetired",
    "ReasonMissing",
    "SomebodyWasFaster",
    "WrongIdentifier",
    "change_state",
    "correct",
    "enter_part",
    "enter_parts",
    "move",
    "offer_panel",
    "retire",
]
