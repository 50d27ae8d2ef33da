"""How like two reports are: pure sums over distance, time and words."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return the metres between two points in degrees on the mean sphere."""
    half_lat = radians(other_lat - lat) / 2
    half_lon = radians(other_lon - lon) / 2
    across = cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(sin(half_lat) ** 2 + across))


def likeness(distance_share: float, time_share: float, words: str, other: str) -> float:
    """Return 0 (strangers) to 1 (the same): half by place, a quarter each by time and words.

    The shares are 0 at the same spot and moment, 1 at the edge of what is compared.
    """
    near = max(0.0, 1 - distance_share)
    soon = max(0.0, 1 - time_share)
    return round(near / 2 + soon / 4 + common(words, other) / 4, 3)


def common(words: str, other: str) -> float:
    """Return the share of character pairs two texts have in common (Dice), 0 to 1."""
    mine, theirs = _pairs(words), _pairs(other)
    if not mine or not theirs:
        return 0.0
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _pairs(text: str) -> set[str]:
    plain = "".join(text.split()).lower()
    return {plain[i : i + 2] for i in range(len(plain) - 1)}
