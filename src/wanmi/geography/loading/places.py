"""Importing named places: streets, door plates, buildings, points of interest."""

import re

from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.imports import Options, Record, Report, Source, read

from ..actions.places import NewPlace, enter_places
from ..models import Place, PlaceKind

CHUNK = 5000
_LINES = frozenset({"LineString", "MultiLineString"})


class NoPoint(Invalid):
    """The place has neither a shape nor a longitude and latitude."""

    code = "no_point"


class PlaceTwice(Conflict):
    """The place code %(code)s stands in line %(line)s already."""

    code = "place_twice"


class NoSuchKind(Invalid):
    """There is no kind of place called “%(kind)s”; known are %(known)s."""

    code = "unknown_place_kind"


class NoSuchPlace(Invalid):
    """The place %(code)s, to which this one belongs, is neither known nor in the file."""

    code = "missing_place"


def load(source: Source, options: Options) -> Report:
    """Load places from a file; a known code is renewed. Returns what became of every row."""
    report = Report("places")
    places: dict[str, tuple[int, NewPlace]] = {}
    for record in read(source, options, report):
        try:
            new = _place(record)
            if new.code in places:
                raise PlaceTwice(code=new.code, line=places[new.code][0])
            places[new.code] = (record.line, new)
        except (Invalid, Conflict) as refused:
            report.reject(record.line, refused)
    kept = _without_strays(places, report)
    if not (report.rejected and not options.keep_good):
        report.accepted += enter_places(kept, by=options.actor, source=source.path.name)
    return report


def _place(record: Record) -> NewPlace:
    point = record.point()
    if point is None:
        raise NoPoint
    kind = record.text("kind") or _kind(record)
    if kind not in PlaceKind.values:
        raise NoSuchKind(kind=kind, known=", ".join(PlaceKind.values))
    is_line = record.shape is not None and record.shape.geom_type in _LINES
    return NewPlace(
        code=record.text("code", required=True, max_length=40),
        kind=kind,
        name_zh=record.text("name_zh", max_length=120)
        or record.text("name", required=True, max_length=120),
        name_en=record.text("name_en", max_length=160),
        # The middle of a line lies on it; a representative point need not be its middle.
        lon=None if is_line else point[0],
        lat=None if is_line else point[1],
        shape=record.shape,
        aliases=_aliases(record),
        parent_code=record.text("parent_code", max_length=40),
        number=record.text("number", max_length=20),
        valid_from=record.day("valid_from"),
        source=record.text("source", max_length=80),
    )


def _kind(record: Record) -> str:
    if record.has("number"):
        return PlaceKind.DOOR_PLATE
    if record.shape is None:
        return PlaceKind.POI
    return PlaceKind.STREET_LANE if record.shape.geom_type in _LINES else PlaceKind.BLOCK


def _aliases(record: Record) -> list[str]:
    given = record.values.get("aliases")
    texts = given if isinstance(given, list) else re.split(r"[;；|]", str(given or ""))
    return [str(text).strip() for text in texts if str(text).strip()]


def _without_strays(places: dict[str, tuple[int, NewPlace]], report: Report) -> list[NewPlace]:
    """Keep places whose parents are known or in the file."""
    outside = {new.parent_code for _, new in places.values()} - set(places) - {""}
    known = _known(outside)
    kept = []
    for line, new in places.values():
        if new.parent_code in outside - known:
            report.reject(line, NoSuchPlace(code=new.parent_code))
        else:
            kept.append(new)
    return kept


def _known(codes: set[str]) -> set[str]:
    wanted, found = sorted(codes), set()
    for start in range(0, len(wanted), CHUNK):
        rows = Place.objects.filter(code__in=wanted[start : start + CHUNK])
        found |= set(rows.values_list("code", flat=True))
    return found
