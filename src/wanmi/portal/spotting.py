"""Suggesting what to hide: faces and number plates found by OpenCV's own cascades.

They miss some and see others where none are, so they are suggestions a clerk accepts,
moves or removes, and never the last word. OpenCV is an optional part of the
installation (extra `vision`): without it a clerk draws every part by hand.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
from PIL import Image

from wanmi.kernel.errors import Refused

from .redacting import MOST_BOXES, Box

LONGEST_SIDE: Final = 1280
"""Pixels a picture is looked at with: faces of a thirtieth of its width are found."""
MARGIN: Final = 0.15
"""How much wider a part is drawn than what was found, as a share of it."""
CASCADES: Final = (
    ("haarcascade_frontalface_default.xml", 6),
    ("haarcascade_profileface.xml", 6),
    ("haarcascade_russian_plate_number.xml", 4),
)
"""OpenCV's cascades, each with how many neighbours must agree. Its plate cascade learned
Russian plates; those of China have nearly the same proportions."""
_one_at_a_time = Lock()
"""A classifier belongs to one thread at a time."""


class NoVision(Refused):
    """Parts are suggested only where OpenCV (extra "vision") is installed; draw them by hand."""

    code = "no_vision"
    status = 501


def is_ready() -> bool:
    """Say whether OpenCV is installed."""
    return find_spec("cv2") is not None


def spotted(path: Path) -> list[Box]:
    """Return the parts of a picture that may show a face or a plate. Raises NoVision."""
    if not is_ready():
        raise NoVision
    with Image.open(path, formats=["JPEG"]) as source:
        image = source.convert("L")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    found: list[Box] = []
    with _one_at_a_time:
        for name, agreeing in CASCADES:
            seen = _finder(name).detectMultiScale(np.asarray(image), 1.1, agreeing)
            found += [_widened(tuple(map(int, each)), image.size) for each in seen]
    return _apart(found)[:MOST_BOXES]


@cache
def _finder(name: str) -> Any:  # OpenCV brings no types for its classifiers
    import cv2  # heavy, and not everywhere

    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / name))


def _widened(seen: tuple[int, ...], size: tuple[int, int]) -> Box:
    """Return a part in shares of the picture, a margin around it, inside the picture."""
    (x, y, width, height), (wide, high) = seen, size
    left, top = max(0.0, x - MARGIN * width), max(0.0, y - MARGIN * height)
    right = min(float(wide), x + (1 + MARGIN) * width)
    bottom = min(float(high), y + (1 + MARGIN) * height)
    return left / wide, top / high, (right - left) / wide, (bottom - top) / high


def _apart(boxes: list[Box]) -> list[Box]:
    """Return the parts, largest first, without those that lie mostly inside another."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda each: each[2] * each[3], reverse=True):
        if all(_shared(box, other) < 0.6 for other in kept):
            kept.append(box)
    return kept


def _shared(box: Box, other: Box) -> float:
    """Return how much of a part lies inside another, 0 to 1."""
    width = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    height = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    return max(0.0, width) * max(0.0, height) / (box[2] * box[3])
