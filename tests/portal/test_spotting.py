"""Suggested parts: found where a face is, none on an empty wall, never the last word."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from wanmi.portal import spotting

needs_vision = pytest.mark.skipif(not spotting.is_ready(), reason="OpenCV is not installed")
WALL = (150, 170, 190)


def drawn_face() -> Image.Image:
    """A face as a cascade sees one: dark eyes and mouth on a light oval, hair above."""
    image = Image.new("RGB", (640, 480), WALL)
    draw = ImageDraw.Draw(image)
    draw.ellipse((210, 90, 430, 390), fill=(224, 190, 165))
    draw.pieslice((205, 75, 435, 300), 180, 360, fill=(60, 45, 40))
    draw.ellipse((220, 130, 420, 385), fill=(224, 190, 165))
    for middle in (275, 365):
        draw.rectangle((middle - 28, 190, middle + 28, 200), fill=(70, 50, 45))
        draw.ellipse((middle - 24, 206, middle + 24, 232), fill=(120, 90, 80))
        draw.ellipse((middle - 10, 210, middle + 10, 230), fill=(30, 20, 20))
    draw.polygon([(320, 220), (300, 285), (340, 285)], fill=(205, 165, 140))
    draw.ellipse((272, 312, 368, 338), fill=(160, 80, 80))
    return image.filter(ImageFilter.GaussianBlur(4))


@needs_vision
def test_a_face_is_found_and_a_wall_is_not(tmp_path: Path) -> None:
    drawn_face().save(tmp_path / "face.jpg", quality=92)
    Image.new("RGB", (640, 480), WALL).save(tmp_path / "wall.jpg")

    found = spotting.spotted(tmp_path / "face.jpg")

    assert any(x < 0.5 < x + width and y < 0.5 < y + height for x, y, width, height in found)
    assert all(math.isfinite(share) and 0 <= share <= 1 for box in found for share in box)
    assert spotting.spotted(tmp_path / "wall.jpg") == []


def test_without_opencv_parts_are_drawn_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spotting, "is_ready", lambda: False)

    with pytest.raises(spotting.NoVision):
        spotting.spotted(tmp_path / "any.jpg")


def test_a_part_within_another_is_suggested_once() -> None:
    whole, inside, beside = (0.1, 0.1, 0.4, 0.4), (0.2, 0.2, 0.1, 0.1), (0.7, 0.7, 0.1, 0.1)

    assert spotting._apart([inside, beside, whole]) == [whole, beside]
