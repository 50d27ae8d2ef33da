"""A small town: one street, two communities, a board of square unit grids."""

from datetime import date

import pytest
from shapely.geometry import box

from wanmi.geography import actions as geography
from wanmi.geography.actions import NewArea

WEST, SOUTH, STEP = 120.0, 30.0, 0.001
START = date(2026, 1, 1)


def upper_areas() -> list[NewArea]:
    """Return province to communities of the town; only the street and above lack no outline."""
    return [
        NewArea("province", "99", "示范省", "Demo Province"),
        NewArea("city", "9901", "示范市", "Demo City", "99"),
        NewArea(
            "district",
            "990101",
            "江岸区",
            "Riverside",
            "9901",
            boundary=box(WEST - 0.01, SOUTH - 0.01, WEST + 0.02, SOUTH + 0.02),
        ),
        NewArea(
            "street",
            "990101001",
            "桥头街道",
            "Bridgehead",
            "990101",
            boundary=box(WEST - 0.005, SOUTH - 0.005, WEST + 0.015, SOUTH + 0.015),
        ),
        NewArea("community", "990101001001", "东社区", "East", "990101001"),
        NewArea("community", "990101001002", "西社区", "West", "990101001"),
    ]


def board(columns: int = 4, rows: int = 3, community: str = "990101001001") -> list[NewArea]:
    """Return square grids of 0.001°, numbered west to east, north to south."""
    grids = []
    for place in range(columns * rows):
        row, column = divmod(place, columns)
        west, north = WEST + column * STEP, SOUTH + (rows - row) * STEP
        grids.append(
            NewArea(
                "unit_grid",
                f"{community}{place + 1:03}",
                f"网格{place + 1}",
                f"Grid {place + 1}",
                community,
                boundary=box(west, north - STEP, west + STEP, north),
            )
        )
    return grids


@pytest.fixture
def town(db: None) -> None:
    """Enter the town, valid since the beginning of 2026."""
    geography.enter_areas([*upper_areas(), *board()], on=START, source="test")
