"""Photographs: decoded once, shown as fresh copies without metadata, their claims read.

A claim is what the file says of itself. It proves nothing: a camera's clock
may be wrong and anybody can write EXIF.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import ExifTags, Image, ImageOps

from wanmi.kernel.errors import Invalid

from .rules import PICTURES

DISPLAY_PX = 1600
THUMBNAIL_PX = 320
_QUALITY = 82


class UnreadablePicture(Invalid):
    """This picture cannot be read; take it again or send it as JPEG."""

    code = "unreadable_picture"


class PictureTooLarge(Invalid):
    """This picture has too many pixels; at most %(megapixels)s million are possible."""

    code = "picture_too_large"
    status = 413


@dataclass(frozen=True)
class Picture:
    """A decoded photograph: size in pixels, two copies as JPEG, what it claims."""

    width: int
    height: int
    display: bytes
    thumbnail: bytes
    claims: dict[str, Any]


def read(path: Path, content_type: str) -> Picture:
    """Decode a photograph and draw its copies. Raises UnreadablePicture or PictureTooLarge."""
    try:
        return _read(path, PICTURES[content_type])
    except Invalid:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # decoders fail in many ways on crafted files
        raise UnreadablePicture from error


def _read(path: Path, decoder: str) -> Picture:
    with Image.open(path, formats=[decoder]) as image:
        # Only the header has been read so far: a bomb is refused before it is unpacked.
        if image.width * image.height > settings.MEDIA_MAX_MEGAPIXELS * 1_000_000:
            raise _too_large()
        width, height = image.size
        claims = _claims(image)
        image.draft("RGB", (DISPLAY_PX, DISPLAY_PX))
        upright = ImageOps.exif_transpose(image)
        if upright.size != (width, height) and _is_turned(width, height, upright):
            width, height = height, width
        plain = _on_white(upright)
    return Picture(width, height, _copy(plain, DISPLAY_PX), _copy(plain, THUMBNAIL_PX), claims)


def _is_turned(width: int, height: int, upright: Image.Image) -> bool:
    return (width > height) != (upright.width > upright.height)


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(megapixels=settings.MEDIA_MAX_MEGAPIXELS)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture as RGB, transparent parts white, first frame only."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    ground = Image.new("RGB", layered.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground


def _copy(image: Image.Image, side: int) -> bytes:
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    small.info.clear()
    out = io.BytesIO()
    small.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def _claims(image: Image.Image) -> dict[str, Any]:
    """Return time, place (WGS-84 degrees) and device as the file claims them."""
    exif = image.getexif()
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    found = {
        "taken_at": _moment(detail, exif),
        "device": _device(exif),
        **_position(exif.get_ifd(ExifTags.IFD.GPSInfo)),
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


def _moment(detail: dict[int, Any], exif: Image.Exif) -> str:
    """Return "2026-11-20T10:00:00", with the offset if the file names one."""
    text = _text(detail.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime))
    day, _, clock = text.partition(" ")
    if len(text) != 19 or not clock:
        return ""
    offset = _text(detail.get(ExifTags.Base.OffsetTimeOriginal))
    return f"{day.replace(':', '-')}T{clock}{offset if len(offset) == 6 else ''}"


def _device(exif: Image.Exif) -> str:
    maker, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    return model if model.startswith(maker) else f"{maker} {model}".strip()


def _position(gps: dict[int, Any]) -> dict[str, float]:
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return {}
    return {"lon": lon, "lat": lat}


def _degrees(parts: Any, reference: Any, negative: str) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
        value = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if value != value:  # NaN, from a fraction 0/0
        return None
    return round(-value if _text(reference) == negative else value, 7)


def _text(value: Any) -> str:
    """Return printable text of at most 80 characters; what cannot be stored is dropped."""
    raw = value.decode("ascii", "ignore") if isinstance(value, bytes) else str(value or "")
    return "".join(c for c in raw if c.isprintable())[:80].strip()
