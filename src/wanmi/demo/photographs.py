"""Draw photographs of the demo city: the same street before and after, with time and place.

They are pictures of nothing real; the EXIF block is made as a phone would make it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from zoneinfo import ZoneInfo

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import IFDRational

from wanmi.demo.troubles import Trouble

WIDTH, HEIGHT = 960, 720
HORIZON = 300
KERB = 470
QUALITY = 82
GPS_IFD, EXIF_IFD = 0x8825, 0x8769
MAKE, MODEL, DATE, ORIGINAL_DATE, OFFSET = 0x010F, 0x0110, 0x0132, 0x9003, 0x9011

Point = tuple[float, float]
Draw = Callable[[ImageDraw.ImageDraw, np.random.Generator, bool], None]


@dataclass(frozen=True)
class Shot:
    """When and where a photograph was taken; lon/lat degrees (CGCS2000), aware time."""

    at: datetime
    lon: float
    lat: float
    zone: str = "Asia/Shanghai"


def photograph(
    trouble: Trouble,
    shot: Shot | None,
    *,
    seed: int,
    is_after: bool = False,
    width: int = WIDTH,
) -> bytes:
    """Return a JPEG of a trouble; the same seed shows the same street before and after.

    Without a shot it claims neither time nor place. `width` in pixels, at most WIDTH.
    """
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(picture)
    _street(pen, random)
    _drawing(trouble)(pen, random, is_after)
    picture = _grain(picture.filter(ImageFilter.BoxBlur(1)), random)
    if width < WIDTH:
        picture = picture.resize((width, width * HEIGHT // WIDTH), Image.Resampling.BILINEAR)
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, exif=_exif(shot) if shot else Image.Exif())
    return file.getvalue()


def motif(trouble: Trouble) -> str:
    """Return what a photograph of a trouble shows; troubles of one motif look alike."""
    return _drawing(trouble).__name__.strip("_")


def _drawing(trouble: Trouble) -> Draw:
    return _SUBJECTS.get(trouble.code, _SUBJECTS.get(trouble.office, _heap))


def _street(pen: ImageDraw.ImageDraw, random: np.random.Generator) -> None:
    """Draw sky, houses, pavement, kerb, carriageway and trees."""
    shade = int(random.integers(-18, 18))
    for y in range(HORIZON):
        light = 170 + y // 5 + shade
        pen.line([(0, y), (WIDTH, y)], fill=(light - 26, light - 8, min(255, light + 22)))
    x = -30.0
    while x < WIDTH:
        x = _house(pen, random, x)
    pen.rectangle((0, HORIZON + 40, WIDTH, KERB), fill=(176 + shade, 172 + shade, 164 + shade))
    for line in range(-4, 14):
        top, bottom = 480 + (line - 5) * 70, 480 + (line - 5) * 150
        pen.line([(top, HORIZON + 40), (bottom, KERB)], fill=(158, 154, 147), width=2)
    pen.rectangle((0, KERB, WIDTH, KERB + 16), fill=(205, 203, 198))
    pen.rectangle((0, KERB + 16, WIDTH, HEIGHT), fill=(92 + shade, 94 + shade, 98 + shade))
    for left in range(-80, WIDTH, 260):
        pen.polygon(_quad(left, 640, 150, 10), fill=(214, 213, 205))
    for place in random.uniform(30, WIDTH - 30, 3):
        _tree(pen, random, float(place))


def _house(pen: ImageDraw.ImageDraw, random: np.random.Generator, x: float) -> float:
    width, top = float(random.uniform(120, 230)), float(random.uniform(40, 170))
    tone = int(random.integers(150, 205))
    wall = (tone, tone - 6, tone - int(random.integers(8, 34)))
    pen.rectangle((x, top, x + width, HORIZON + 40), fill=wall)
    for row in np.arange(top + 20, HORIZON - 20, 44):
        for column in np.arange(x + 16, x + width - 26, 38):
            pen.rectangle((column, row, column + 22, row + 26), fill=(96, 112, 128))
    sign = tuple(int(value) for value in random.integers(70, 190, 3))
    pen.rectangle((x + 8, HORIZON - 6, x + width - 8, HORIZON + 12), fill=sign)
    pen.rectangle((x + 8, HORIZON + 12, x + width - 8, HORIZON + 40), fill=(70, 76, 84))
    return x + width


def _tree(pen: ImageDraw.ImageDraw, random: np.random.Generator, x: float) -> None:
    pen.rectangle((x - 6, 250, x + 6, KERB - 40), fill=(94, 76, 58))
    for dx, dy in random.normal(0, 34, (16, 2)):
        green = int(random.integers(88, 140))
        pen.ellipse((x + dx - 30, 190 + dy - 26, x + dx + 30, 190 + dy + 26),
                    fill=(green - 40, green, green - 52))  # fmt: skip


def _quad(x: float, y: float, width: float, height: float) -> list[Point]:
    return [(x, y), (x + width, y), (x + width + 24, y + height), (x + 10, y + height)]


def _heap(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """Bags and boxes on the pavement, or a swept and still damp place."""
    if is_after:
        pen.ellipse((330, 404, 640, 462), fill=(160, 158, 152))
        return
    for x, y in zip(random.uniform(360, 600, 22), random.uniform(395, 455, 22), strict=True):
        size = float(random.uniform(14, 36))
        colour = tuple(int(value) for value in random.integers(40, 225, 3))
        pen.ellipse((x - size, y - size * 0.8, x + size, y + size * 0.6), fill=colour)


def _cover(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """A manhole in the carriageway, open with a cone beside it, or closed."""
    pen.ellipse((380, 560, 580, 640), fill=(70, 70, 72))
    if not is_after:
        pen.pieslice((380, 560, 580, 640), 20, 250, fill=(12, 12, 14))
        pen.polygon([(640, 640), (676, 540), (712, 640)], fill=(226, 96, 36))
        return
    for step in range(-3, 4):
        pen.line([(400, 600 + step * 9), (560, 600 + step * 9)], fill=(104, 104, 106), width=3)


def _hole(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """A pothole, or a fresh dark patch."""
    angle = np.sort(random.uniform(0, 2 * np.pi, 14))
    reach = random.uniform(0.7, 1.1, 14)
    rim = [(480 + 130 * r * np.cos(a), 600 + 46 * r * np.sin(a))
           for r, a in zip(reach, angle, strict=True)]  # fmt: skip
    if is_after:
        pen.rectangle((340, 548, 620, 652), fill=(60, 61, 64))
    else:
        pen.polygon(rim, fill=(52, 46, 40))
        for x, y in random.normal((480, 605), (110, 34), (40, 2)):
            pen.ellipse((x, y, x + 7, y + 5), fill=(120, 112, 102))


def _vehicles(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """Bicycles thrown over the pavement, or standing in a row."""
    for number in range(7):
        x = 300 + number * 52.0
        lean = 0.0 if is_after else float(random.uniform(-60, 60))
        y = 440.0 if is_after else float(random.uniform(395, 452))
        colour = (40, 140, 200) if number % 2 else (236, 178, 40)
        for wheel in (0, 40 + lean * 0.2):
            pen.ellipse(
                (x + wheel - 17, y - 17, x + wheel + 17, y + 17), outline=(30, 30, 30), width=4
            )
        pen.line([(x, y), (x + 18 + lean, y - 40), (x + 40, y)], fill=colour, width=6)


def _stall(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """A stall with an umbrella in the way, or a free pavement."""
    if is_after:
        return
    pen.rectangle((380, 380, 600, 450), fill=(148, 106, 68))
    pen.polygon([(340, 300), (490, 226), (640, 300)], fill=(198, 54, 44))
    pen.line([(490, 240), (490, 400)], fill=(60, 60, 60), width=6)
    for x in np.arange(392, 590, 22):
        colour = tuple(int(value) for value in random.integers(90, 240, 3))
        pen.ellipse((float(x), 362, float(x) + 20, 384), fill=colour)


def _posters(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """A box covered with small advertisements, or scrubbed."""
    pen.rectangle((400, 270, 580, 460), fill=(150, 156, 150))
    if is_after:
        return
    for x, y in random.uniform((402, 276), (530, 420), (16, 2)):
        paper = tuple(int(value) for value in random.integers(190, 255, 3))
        pen.rectangle((x, y, x + 44, y + 32), fill=paper)
        pen.line([(x + 5, y + 10), (x + 38, y + 10)], fill=(60, 60, 60), width=3)


def _post(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """A lamp post, leaning or upright."""
    lean = 0.0 if is_after else float(random.choice([-1, 1]) * random.uniform(60, 120))
    pen.line([(480, KERB), (480 + lean, 150)], fill=(78, 84, 90), width=12)
    pen.line([(480 + lean, 150), (560 + lean, 140)], fill=(78, 84, 90), width=9)
    lamp = (252, 236, 170) if is_after else (120, 124, 128)
    pen.ellipse((540 + lean, 132, 590 + lean, 158), fill=lamp)


def _branch(pen: ImageDraw.ImageDraw, random: np.random.Generator, is_after: bool) -> None:
    """A broken branch across the pavement, or a fresh bed of shrubs."""
    if is_after:
        for x in np.arange(340, 630, 26):
            pen.ellipse((float(x), 410, float(x) + 40, 452), fill=(74, 120, 66))
        return
    pen.line([(330, 450), (640, 392)], fill=(88, 68, 50), width=13)
    for x, y in random.normal((560, 400), (56, 22), (40, 2)):
        pen.ellipse((x - 16, y - 10, x + 16, y + 10), fill=(64, int(random.integers(92, 140)), 54))


_SUBJECTS = {
    "01001": _cover, "01002": _cover, "01003": _cover, "01004": _cover,
    "06013": _hole, "06014": _hole, "06050": _hole, "06051": _hole, "06016": _hole,
    "09009": _vehicles, "09010": _vehicles, "09012": _vehicles,
    "09001": _stall, "09005": _stall, "06029": _stall,
    "07001": _posters, "07003": _posters, "01027": _posters,
    "01037": _post, "02010": _post, "02012": _post, "02017": _post, "02004": _post,
    "04002": _branch, "06017": _branch, "06045": _branch,
    "water": _cover, "landscape": _branch, "traffic": _vehicles, "municipal": _hole,
    "power": _posters, "works": _heap, "brigade": _stall, "sanitation": _heap,
}  # fmt: skip
"""Who draws which class; where a class has no picture, its office's."""


def _grain(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """Add the noise of a small sensor, so that no two pictures have the same bytes."""
    patch = random.integers(-7, 8, (HEIGHT // 6, WIDTH // 6), dtype=np.int16)
    noise = np.tile(patch, (6, 6))[:, :, None]
    values = np.asarray(picture, dtype=np.int16) + noise
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _exif(shot: Shot) -> Image.Exif:
    local = shot.at.astimezone(ZoneInfo(shot.zone))
    moment = local.strftime("%Y:%m:%d %H:%M:%S")
    offset = local.strftime("%z")
    exif = Image.Exif()
    exif[MAKE], exif[MODEL], exif[DATE] = "Wanmi", "Demo camera", moment
    exif.get_ifd(EXIF_IFD).update({ORIGINAL_DATE: moment, OFFSET: f"{offset[:3]}:{offset[3:]}"})
    exif.get_ifd(GPS_IFD).update(
        {
            1: "N" if shot.lat >= 0 else "S",
            2: _sexagesimal(shot.lat),
            3: "E" if shot.lon >= 0 else "W",
            4: _sexagesimal(shot.lon),
        }
    )
    return exif


def _sexagesimal(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Return degrees, minutes and seconds to a thousandth of a second (3 cm)."""
    thousandths = round(abs(degrees) * 3_600_000)
    whole, rest = divmod(thousandths, 3_600_000)
    minutes, seconds = divmod(rest, 60_000)
    exact = Fraction(seconds, 1000)
    return (
        IFDRational(whole, 1),
        IFDRational(minutes, 1),
        IFDRational(exact.numerator, exact.denominator),
    )
