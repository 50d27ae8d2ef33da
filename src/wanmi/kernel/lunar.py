"""The Chinese lunisolar calendar from the sky (rules of GB/T 33661-2017), China standard time.

New moons and the sun's longitude follow Jean Meeus, Astronomical Algorithms, chapters 49
and 25, good to about a minute. Enough to foretell feasts in years whose holidays are not
announced yet, which are marked provisional anyway.
"""

import math
from datetime import date, timedelta
from functools import lru_cache

_J2000 = 2451545.0
_CHINA_DAYS = 8 / 24
_ORDINAL_OF_JD = 1721424.5
_TROPICAL_YEAR = 365.2422
_MONTH = 29.530588861
# (coefficient in days, sun anomaly M, moon anomaly M', argument of latitude F, power of E)
_NEW_MOON_TERMS = (
    (-0.40720, 0, 1, 0, 0),
    (0.17241, 1, 0, 0, 1),
    (0.01608, 0, 2, 0, 0),
    (0.01039, 0, 0, 2, 0),
    (0.00739, -1, 1, 0, 1),
    (-0.00514, 1, 1, 0, 1),
    (0.00208, 2, 0, 0, 2),
    (-0.00111, 0, 1, -2, 0),
    (-0.00057, 0, 1, 2, 0),
    (0.00056, 1, 2, 0, 1),
    (-0.00042, 0, 3, 0, 0),
    (0.00042, 1, 0, 2, 1),
    (0.00038, 1, 0, -2, 1),
    (-0.00024, -1, 2, 0, 1),
)


def spring_festival(year: int) -> date:
    """Return the first day of the first lunar month in a Gregorian year."""
    return lunar_date(year, 1, 1)


def lunar_date(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a lunar date; the year is that of its spring festival."""
    firsts = _months(year) if month <= 10 else _months(year + 1)
    return firsts[month] + timedelta(days=day - 1)


def clear_and_bright(year: int) -> date:
    """Return 清明, the day on which the sun reaches longitude 15°."""
    return _solar_term(year, 15.0)


@lru_cache(maxsize=128)
def _months(year: int) -> dict[int, date]:
    """Return first days by month number, from the 11th of the year before to the 10th."""
    solstice, next_solstice = _solar_term(year - 1, 270.0), _solar_term(year, 270.0)
    moons = _new_moons(solstice, next_solstice)
    leap = _leap_index(moons) if len(moons) - 1 == 13 else None
    regular = [first for index, first in enumerate(moons[:-1]) if index != leap]
    return {(10 + index) % 12 + 1: first for index, first in enumerate(regular)}


def _new_moons(solstice: date, next_solstice: date) -> list[date]:
    """Return new moon days from the month that holds one solstice to that of the next."""
    k = round((_middle(solstice) - 2451550.09766) / _MONTH) - 2
    days = [_new_moon(k + step) for step in range(18)]
    first = max(index for index, day in enumerate(days) if day <= solstice)
    last = max(index for index, day in enumerate(days) if day <= next_solstice)
    return days[first : last + 1]


def _leap_index(moons: list[date]) -> int:
    """Return the first month without a middle term: the sun stays inside one 30° sign."""
    signs = [int(_sun_longitude(_midnight(day)) // 30) for day in moons]
    return next(i for i in range(1, len(moons) - 1) if signs[i] == signs[i + 1])


def _new_moon(k: int) -> date:
    """Return the day in China of the k-th new moon since January 2000."""
    t = k / 1236.85
    mean = 2451550.09766 + _MONTH * k + 0.00015437 * t * t
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    node = math.radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    eccentricity = 1 - 0.002516 * t
    shift = sum(
        size * eccentricity**power * math.sin(a * sun + b * moon + c * node)
        for size, a, b, c, power in _NEW_MOON_TERMS
    )
    return _china_day(mean + shift)


def _solar_term(year: int, longitude: float) -> date:
    """Return the day in China on which the sun reaches a longitude (degrees) that year."""
    days = (longitude - 280.0) % 360 / 360 * _TROPICAL_YEAR
    moment = _midnight(date(year, 1, 1)) + days
    for _ in range(5):
        ahead = (longitude - _sun_longitude(moment) + 180) % 360 - 180
        moment += ahead / 360 * _TROPICAL_YEAR
    return _china_day(moment)


def _sun_longitude(jd: float) -> float:
    """Return the sun's apparent longitude in degrees at a Julian day (terrestrial time)."""
    t = (jd - _J2000) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = math.radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t) * math.sin(anomaly)
        + (0.019993 - 0.000101 * t) * math.sin(2 * anomaly)
        + 0.000289 * math.sin(3 * anomaly)
    )
    node = math.radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360


def _terrestrial_lag(jd: float) -> float:
    """Return how far terrestrial time runs ahead of clock time, in days (about 70 s now)."""
    decades = (jd - _J2000) / 3652.5
    return (64 + 3.2 * decades) / 86400


def _china_day(jd: float) -> date:
    local = jd - _terrestrial_lag(jd) + _CHINA_DAYS
    return date.fromordinal(math.floor(local - _ORDINAL_OF_JD))


def _midnight(day: date) -> float:
    """Return the Julian day (terrestrial time) at which a day begins in China."""
    jd = day.toordinal() + _ORDINAL_OF_JD - _CHINA_DAYS
    return jd + _terrestrial_lag(jd)


def _middle(day: date) -> float:
    return _midnight(day) + 0.5
