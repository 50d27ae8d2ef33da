"""Which public facilities stand along which roads, and how far apart.

Classes are those of GB/T 47678.5-2026; distances follow common engineering practice.
"""

from dataclasses import dataclass

WIDE = ("trunk", "arterial")
MAIN = ("trunk", "arterial", "secondary")
TOWN = ("arterial", "secondary", "local")
ALL = ("trunk", "arterial", "secondary", "local")


@dataclass(frozen=True)
class Along:
    """A facility repeated along a road.

    ``inset_m`` counts from the road's edge (positive on the pavement, negative on the
    carriageway); None means the middle of the road. ``sides`` is 1 or 2.
    """

    major: str
    minor: str
    roads: tuple[str, ...]
    every_m: float
    inset_m: float | None
    sides: int = 1


SPARSER = 1.25
"""A survey of the whole city would be half trees and grates: every distance is stretched."""

ALONG = (
    Along("01", "037", WIDE, 42, -1.0, 2),
    Along("01", "037", ("secondary",), 44, -1.0, 2),
    Along("01", "037", ("local",), 48, -0.6),
    Along("01", "001", ALL, 190, -2.4),
    Along("01", "002", TOWN, 115, None),
    Along("01", "003", ALL, 130, -3.2),
    Along("01", "004", ALL, 130, -1.8, 2),
    Along("01", "005", MAIN, 95, -0.8),
    Along("01", "006", MAIN, 120, -0.7),
    Along("01", "007", ALL, 190, -0.9),
    Along("01", "011", TOWN, 240, -2.8),
    Along("01", "010", ("secondary",), 160, -2.9),
    Along("01", "013", TOWN, 170, -0.5),
    Along("01", "023", ("local",), 900, -2.0),
    Along("01", "027", TOWN, 420, 0.3),
    Along("01", "030", ("local",), 160, -0.4),
    Along("01", "050", MAIN, 260, -0.8, 2),
    Along("01", "060", MAIN, 650, 0.2),
    Along("01", "077", ("arterial",), 180, -0.6),
    Along("01", "048", ("local",), 480, 1.0),
    Along("01", "045", ("secondary",), 520, 0.4),
    Along("01", "075", ("local",), 420, 1.4),
    Along("01", "046", ("local",), 700, 2.0),
    Along("01", "065", ("local",), 380, 0.6),
    Along("01", "059", ("local",), 520, 1.1),
    Along("01", "066", WIDE, 900, 0.2),
    Along("02", "004", ("arterial", "secondary"), 430, -0.9, 2),
    Along("02", "005", ("arterial",), 1300, -0.8),
    Along("02", "010", MAIN, 180, -0.7, 2),
    Along("02", "010", ("local",), 380, -0.5),
    Along("02", "017", WIDE, 130, None),
    Along("02", "021", ("secondary",), 180, -1.2, 2),
    Along("02", "025", TOWN, 320, -1.4),
    Along("02", "026", ("secondary",), 640, -1.4),
    Along("02", "023", WIDE, 1500, -0.4),
    Along("02", "034", MAIN, 260, -1.0),
    Along("02", "043", ("local",), 260, None),
    Along("02", "035", ("secondary",), 1100, -0.3),
    Along("03", "005", TOWN, 190, -0.7, 2),
    Along("03", "002", MAIN, 620, -0.4),
    Along("03", "006", ("arterial", "secondary"), 300, 0.5),
    Along("03", "008", ("local",), 330, 0.6),
    Along("03", "014", ("secondary",), 800, 0.7),
    Along("03", "016", ("secondary",), 420, -0.8),
    Along("04", "002", MAIN, 40, -1.6, 2),
    Along("04", "002", ("local",), 75, -1.2, 2),
    Along("04", "011", ("secondary",), 120, -1.6),
    Along("04", "005", ("arterial",), 240, 0.4),
    Along("04", "007", ("secondary",), 210, 0.8),
    Along("04", "008", WIDE, 200, 0.6),
)
"""Facilities along roads."""

AT_CROSSING = (("02", "012"), ("02", "020"))
"""Street-name sign and bollard at every crossing of two named roads."""

AT_MAIN_CROSSING = (("02", "014"), ("02", "014"), ("02", "015"), ("01", "015"))
"""Traffic lights, controller and its manhole where two main roads cross."""

ON_BRIDGE = (("02", "009"), ("02", "030"))
ALONG_BANK = (("01", "070", 60.0), ("02", "030", 420.0), ("01", "073", 520.0), ("01", "069", 700.0))

IN_BLOCK = {
    "park": (("04", "013", 1), ("04", "007", 14), ("04", "001", 2), ("03", "001", 1),
             ("01", "039", 10), ("01", "046", 4), ("04", "009", 3), ("03", "005", 8)),
    "square": (("04", "010", 1), ("04", "006", 2), ("01", "035", 3), ("01", "038", 24),
               ("04", "007", 12), ("01", "043", 2), ("02", "035", 1), ("03", "008", 2)),
    "green": (("04", "013", 1), ("04", "003", 2)),
    "residential": (("03", "004", 1), ("02", "027", 2)),
    "commercial": (("03", "007", 5), ("02", "001", 1), ("01", "054", 2)),
    "market": (("03", "007", 6), ("03", "001", 1), ("02", "001", 1)),
    "office": (("02", "001", 1), ("01", "054", 3)),
    "school": (("02", "038", 1), ("02", "019", 1)),
    "hospital": (("02", "001", 1), ("02", "038", 1)),
    "industry": (("01", "028", 1), ("05", "003", 1)),
}  # fmt: skip
"""Facilities spread over a block, by its use, with how many."""
