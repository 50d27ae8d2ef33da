"""How large each demo city is, counted in superblocks of about 800 m."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Columns and rows of superblocks, and how they are shared among districts and streets.

    ``district`` and ``street`` are columns × rows of superblocks; ``missing`` superblocks at the
    edge are left out, so that the outline is not a rectangle.
    """

    columns: int
    rows: int
    district: tuple[int, int]
    street: tuple[int, int]
    missing: frozenset[tuple[int, int]] = frozenset()
    has_ring: bool = False


SIZES = {
    "tiny": Size(2, 2, district=(2, 2), street=(1, 2)),
    "small": Size(4, 4, district=(4, 4), street=(2, 2)),
    "medium": Size(
        9,
        6,
        district=(3, 6),
        street=(3, 2),
        missing=frozenset({(0, 0), (8, 5), (8, 0)}),
        has_ring=True,
    ),
    "large": Size(
        12,
        12,
        district=(4, 6),
        street=(2, 2),
        missing=frozenset({(0, 0), (1, 0), (0, 11), (11, 0), (11, 11), (10, 11)}),
        has_ring=True,
    ),
}
