"""Promises of the drawn photographs: time and place inside, the same street before and after."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from wanmi.demo.photographs import Shot, photograph
from wanmi.demo.troubles import TROUBLES
from wanmi.evidence.pictures import read

SHOT = Shot(datetime(2026, 10, 20, 4, 30, tzinfo=UTC), 110.012345, 30.023456)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.key)
def test_every_trouble_can_be_photographed(trouble):
    picture = Image.open(BytesIO(photograph(trouble, SHOT, seed=1)))

    assert picture.size == (960, 720)


def test_a_photograph_claims_its_time_and_place(tmp_path):
    file = tmp_path / "photo.jpg"
    file.write_bytes(photograph(TROUBLES[0], SHOT, seed=1))

    claims = read(file, "image/jpeg").claims

    assert claims["lon"] == pytest.approx(SHOT.lon, abs=1e-6)
    assert claims["lat"] == pytest.approx(SHOT.lat, abs=1e-6)
    assert "2026-10-20" in str(claims)


def test_before_and_after_differ_and_the_same_seed_repeats():
    before = photograph(TROUBLES[0], SHOT, seed=3)

    assert photograph(TROUBLES[0], SHOT, seed=3) == before
    assert photograph(TROUBLES[0], SHOT, seed=3, is_after=True) != before
    assert photograph(TROUBLES[0], SHOT, seed=4) != before
