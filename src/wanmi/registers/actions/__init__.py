"""What may be done with the registers: enter parts, change them, take them out."""

from .changing import (
    CORRECTABLE,
    NothingChanges,
    PartIsRetired,
    ReasonMissing,
    SomebodyWasFaster,
    change_state,
    correct,
    move,
    retire,
    revise,
)
from .entering import (
    IdentifierTaken,
    NewPart,
    NoNumberLeft,
    OutsideEveryDistrict,
    WrongIdentifier,
    check_identifier,
    enter_part,
    enter_parts,
)
from .panels import Panel, offer_panel

__all__ = [
    "CORRECTABLE",
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
    "check_identifier",
    "correct",
    "enter_part",
    "enter_parts",
    "move",
    "offer_panel",
    "retire",
    "revise",
]
