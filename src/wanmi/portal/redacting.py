"""Making parts of a photograph unreadable for good: coarse blocks, drawn into the picture."""

import io
import json
import math
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from wanmi.kernel.errors import Invalid

MOST_BOXES = 60
_BLOCKS = 6
"""Blocks along the longer side of a hidden part: too few for any face or number."""
_QUALITY = 85

Box = tuple[float, float, float, float]
"""x, y, width, height as shares of the picture, 0 to 1 from its upper left corner."""


class WrongBoxes(Invalid):
    """These parts cannot be hidden; draw them again."""

    code = "wrong_boxes"


def read_boxes(text: str) -> list[Box]:
    """Return the boxes of a form ("[[x, y, width, height], …]"). Raises WrongBoxes."""
    try:
        given = json.loads(text or "[]")
        boxes = [tuple(float(share) for share in each) for each in given]
    except (TypeError, ValueError) as error:
        raise WrongBoxes from error
    if len(boxes) > MOST_BOXES or not all(_is_box(each) for each in boxes):
        raise WrongBoxes
    return boxes  # type: ignore[return-value]  # four numbers each, just looked at


def redacted(path: Path, boxes: Sequence[Box]) -> bytes:
    """Return a JPEG of a picture with the boxes made unreadable and no metadata."""
    with Image.open(path, formats=["JPEG"]) as source:
        image = source.convert("RGB")
    for box in boxes:
        _hide(image, box)
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _hide(image: Image.Image, box: Box) -> None:
    x, y, width, height = box
    left, top = math.floor(x * image.width), math.floor(y * image.height)
    right = min(image.width, math.ceil((x + width) * image.width))
    bottom = min(image.height, math.ceil((y + height) * image.height))
    if right <= left or bottom <= top:
        return
    part = image.crop((left, top, right, bottom))
    share = _BLOCKS / max(part.size)
    small = (max(1, round(part.width * share)), max(1, round(part.height * share)))
    coarse = part.resize(small, Image.Resampling.BOX)
    image.paste(coarse.resize(part.size, Image.Resampling.NEAREST), (left, top))


def _is_box(box: Sequence[float]) -> bool:
    if len(box) != 4 or not all(math.isfinite(share) for share in box):
        return False
    x, y, width, height = box
    return 0 <= x <= 1 and 0 <= y <= 1 and 0 < width <= 1.001 and 0 < height <= 1.001
