"""From an address to a point: exact names, door numbers between known ones, similar names.

Addresses are read from large to small, as GB/T 30428.3 has them: divisions,
then the base place, then the door number.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q

from .. import wording
from ..models import Place, PlaceKind
from .areas import below, valid
from .divisions import strip_divisions

ENOUGH = 0.35
"""Below this likeness a name is another name."""
MOST_CANDIDATES = 400
STREETS = (PlaceKind.STREET_LANE, PlaceKind.REGION, PlaceKind.BLOCK, PlaceKind.ZONE)


@dataclass(frozen=True, slots=True)
class Match:
    """A place an address may mean, with a score from 0 to 1 and how the point was found.

    `how` is exact (the place itself), number (its door plate), between (a door
    number between two known plates), nearest (the nearest plate of the street),
    street (only the street is known) or similar. Degrees CGCS2000.
    """

    place_id: int
    code: str
    kind: str
    name_zh: str
    name_en: str
    lon: float
    lat: float
    area_path: str
    grid_code: str
    score: float
    how: str


def geocode(text: str, *, limit: int = 5, within: str = "") -> list[Match]:
    """Return the places an address may mean, likeliest first; `within` is an area path."""
    home, rest = strip_divisions(wording.normal(text), within)
    address = wording.take_apart(rest)
    if not address.name and not rest:
        return []
    found = _exact(rest, home) or _by_number(address, home) or _similar(address, home)
    unlike = {match.place_id: match for match in sorted(found, key=lambda match: match.score)}
    return sorted(unlike.values(), key=lambda match: (-match.score, match.code))[:limit]


def geocode_many(texts: Iterable[str], *, within: str = "") -> list[Match | None]:
    """Return the likeliest place of each address, None where there is none."""
    return [next(iter(geocode(text, limit=1, within=within)), None) for text in texts]


def places_named(text: str, seen: Q, *, limit: int) -> list[Place]:
    """Return the valid places among those seen whose name holds a text, else what it may mean."""
    rows = Place.objects.filter(valid(), seen).defer("shape")
    named = Q(name_zh__contains=text) | Q(name_en__icontains=text)
    found = list(rows.filter(named).order_by("kind", "name_zh")[:limit])
    if found or not any(char.isdigit() for char in text):
        return found
    # "12 Donghu Road" is no name: a door plate is found by its road and its number.
    keys = [match.place_id for match in geocode(text, limit=limit)]
    return [place for key in keys if (place := rows.filter(pk=key).first()) is not None]


def _places(home: str) -> "Q":
    return valid() & below(home, "area_path")


def _exact(name: str, home: str) -> list[Match]:
    named = Q(name_zh__iexact=name) | Q(name_en__iexact=name)
    rows = Place.objects.filter(_places(home), named)[:MOST_CANDIDATES]
    found = [_match(row, 1.0, "exact") for row in rows]
    return found or _by_alias(name, home)


def _by_alias(name: str, home: str) -> list[Match]:
    # The words of aliases stand in the index too; the list itself says whether one is meant.
    words = _worded(wording.words_of([name]).split())
    rows = Place.objects.filter(_places(home), words)[:MOST_CANDIDATES]
    return [
        _match(row, 0.95, "exact")
        for row in rows
        if name in {wording.normal(alias) for alias in row.aliases}
    ]


def _by_number(address: wording.Address, home: str) -> list[Match]:
    if address.digits is None:
        return []
    streets = [match for match in _named(address.name, home) if match.kind in STREETS]
    found = [match for street in streets[:5] for match in _on_street(street, address)]
    return [replace(match, score=round(match.score, 3)) for match in found]


def _named(name: str, home: str) -> list[Match]:
    found = _exact(name, home) or _similar(wording.Address(name, "", None, ""), home)
    return sorted(found, key=lambda match: -match.score)


def _on_street(street: Match, address: wording.Address) -> list[Match]:
    """Return the door plate itself, the point between its neighbours, or what is nearest."""
    plates = list(Place.objects.filter(valid(), parent_id=street.place_id).exclude(number=""))
    same = [row for row in plates if wording.normal(row.number) == address.number]
    if same:
        return [_match(row, street.score, "number") for row in same]
    numbered = sorted(
        ((wording.digits_of(row.number) or 0, row) for row in plates), key=lambda pair: pair[0]
    )
    return [_between(street, numbered, address.digits or 0)]


def _between(street: Match, numbered: Sequence[tuple[int, Place]], wanted: int) -> Match:
    # Odd and even numbers stand on different sides of a street.
    side = [pair for pair in numbered if pair[0] % 2 == wanted % 2] or list(numbered)
    lower = [pair for pair in side if pair[0] <= wanted]
    upper = [pair for pair in side if pair[0] >= wanted]
    if lower and upper:
        (low, before), (high, after) = lower[-1], upper[0]
        share = (wanted - low) / (high - low) if high > low else 0.0
        lon = before.lon + share * (after.lon - before.lon)
        lat = before.lat + share * (after.lat - before.lat)
        near = before if share <= 0.5 else after
        placed = replace(street, area_path=near.area_path, grid_code=near.grid_code)
        return replace(placed, lon=lon, lat=lat, score=street.score * 0.85, how="between")
    if side:
        _, near = (lower or upper)[-1 if lower else 0]
        return replace(
            _match(near, street.score * 0.6, "nearest"), name_zh=near.name_zh, kind=near.kind
        )
    return replace(street, score=street.score * 0.5, how="street")


def _similar(address: wording.Address, home: str) -> list[Match]:
    text = f"{address.name}{address.rest}" or address.number
    pieces = _bigrams(text)
    rows = Place.objects.filter(_places(home), _worded(wording.words_of([text]).split()))
    candidates = {row.pk: row for row in rows[:MOST_CANDIDATES]}
    if len(candidates) < 5:
        some = Place.objects.filter(_places(home), _worded(sorted(pieces)))
        candidates.update((row.pk, row) for row in some[:MOST_CANDIDATES])
    scored = [(_likeness(pieces, row), row) for row in candidates.values()]
    return [_match(row, score * 0.9, "similar") for score, row in scored if score >= ENOUGH]


def _worded(words: Sequence[str]) -> Q:
    condition = Q(pk__in=[])
    for word in words[:8]:
        condition |= Q(words__contains=word) | Q(name_zh__contains=word)
    return condition


def _likeness(pieces: Counter[str], row: Place) -> float:
    names = [row.name_zh, row.name_en, *row.aliases]
    return max(_dice(pieces, _bigrams(wording.normal(name))) for name in names if name)


def _dice(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of common letter pairs: 1 for the same text, 0 for nothing shared."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


@lru_cache(maxsize=20_000)
def _bigrams(text: str) -> Counter[str]:
    if len(text) < 2:
        return Counter([text] if text else [])
    return Counter(text[k : k + 2] for k in range(len(text) - 1))


def _match(row: Place, score: float, how: str) -> Match:
    return Match(
        row.pk,
        row.code,
        row.kind,
        row.name_zh,
        row.name_en,
        row.lon,
        row.lat,
        row.area_path,
        row.grid_code,
        round(score, 3),
        how,
    )
