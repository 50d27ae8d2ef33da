"""What the city's people report lies where it can be filed."""

from datetime import UTC, datetime

import numpy as np
import pytest
from shapely import Point, union_all

from wanmi.demo.plan.drawing import draw
from wanmi.demo.stories import Teller

NOON = datetime(2026, 11, 16, 4, tzinfo=UTC)


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_every_trouble_lies_in_a_unit_grid(seed: int) -> None:
    plan = draw(seed, "tiny")
    ground = union_all([grid.shape for grid in plan.grids])
    teller = Teller(plan, np.random.default_rng(seed))

    outside = [
        (story.lon, story.lat)
        for story in (teller.story(NOON) for _ in range(1500))
        if not ground.intersects(Point(story.lon, story.lat))
    ]

    assert not outside
