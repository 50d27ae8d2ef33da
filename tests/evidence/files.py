"""Files to upload."""

import io
from typing import Any

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def located_picture() -> bytes:
    """A JPEG that claims a moment, a place in Beijing and a device."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Acme", "Acme Phone 9"
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 08:15:30"
    exif.get_ifd(0x8769)[0x9011] = "+08:00"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (39.0, 54.0, 30.0)
    gps[3], gps[4] = "E", (116.0, 23.0, 24.0)
    return picture(exif=exif)
