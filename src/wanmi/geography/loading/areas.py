"""Importing areas and unit grids: codes, names, parents, validity, boundaries.

A row whose code is known and valid gives that area a boundary or a new name;
all other rows are entered together, in one deed with one event.
"""

from dataclasses import dataclass, replace
from functools import partial

import shapely

from wanmi.kernel.errors import Conflict, Invalid, Phrase
from wanmi.kernel.imports import Options, Record, Report, Source, read

from ..actions.areas import NewArea, draw_boundaries, enter_areas, revise_area
from ..models import Area, AreaKind
from ..shapes import Shape, polygonal
from .family import without_orphans
from .land import without_overlaps

# Lengths of GB/T 2260, GB/T 10114 and GB/T 30428.1 codes, for files that name neither kind
# nor parent.
KIND_BY_LENGTH = {
    2: AreaKind.PROVINCE,
    4: AreaKind.CITY,
    6: AreaKind.DISTRICT,
    9: AreaKind.STREET,
    12: AreaKind.COMMUNITY,
    14: AreaKind.UNIT_GRID,
    15: AreaKind.UNIT_GRID,
}
PARENT_LENGTH = {4: 2, 6: 4, 9: 6, 12: 9, 14: 12, 15: 12}
CHUNK = 5000

_CODE = ("code", "adcode", "BGCode", "bgcode", "gridCode", "grid_code")
_NAME = ("name_zh", "name", "gridName", "BGName")
_PARENT = ("parent_code", "areaCode", "cityCode", "provinceCode", "community")


class CodeTwice(Conflict):
    """The code %(code)s stands in line %(line)s already."""

    code = "code_twice"


class CodeOnceUsed(Conflict):
    """The code %(code)s belonged to an area that has ended; codes are never reused."""

    code = "code_once_used"


class NoKind(Invalid):
    """The kind of the area %(code)s is not given and its code is not of a standard length."""

    code = "no_area_kind"


class NoBoundary(Invalid):
    """The unit grid %(code)s has no boundary."""

    code = "no_boundary"


@dataclass(frozen=True)
class Candidate:
    """A row on its way in: its line in the file, what it asks for, the area it meets."""

    line: int
    new: NewArea
    known: Area | None = None


def load(source: Source, options: Options, *, kind: str = "") -> Report:
    """Load areas (or one kind of them) from a file; returns what became of every row."""
    report = Report("grids" if kind == AreaKind.UNIT_GRID else "areas")
    candidates: list[Candidate] = []
    for record in read(source, options, report):
        try:
            candidates.append(_candidate(record, kind, report))
        except Invalid as refused:
            report.reject(record.line, refused)
    candidates = _met(_without_twins(candidates, report), report)
    candidates = without_overlaps(without_orphans(candidates, report), report)
    if not (report.rejected and not options.keep_good):
        _enter(without_orphans(candidates, report), report, options, source.path.name)
    return report


load_grids = partial(load, kind=AreaKind.UNIT_GRID)


def _candidate(record: Record, kind: str, report: Report) -> Candidate:
    code = _first(record, _CODE, required=True, max_length=20)
    named = kind or record.text("kind") or record.text("level")
    chosen = named if named in AreaKind.values else KIND_BY_LENGTH.get(len(code))
    if chosen is None:
        raise NoKind(code=code)
    boundary = _boundary(record, report)
    if chosen == AreaKind.UNIT_GRID and boundary is None:
        raise NoBoundary(code=code)
    new = NewArea(
        kind=str(chosen),
        code=code,
        name_zh=_first(record, _NAME, max_length=80) or code,
        name_en=record.text("name_en", max_length=120),
        parent_code=_parent(record, code),
        boundary=boundary,
        division_code=record.text("division_code", max_length=6),
        street_code=record.text("street_code", max_length=4),
        community_code=record.text("community_code", max_length=4),
        sequence=record.text("sequence", max_length=4),
        land_use=record.text("land_use", max_length=20),
        region_class=record.text("region_class", max_length=8),
        responsible_body=record.text("responsible_body", max_length=18),
        note=record.text("note", max_length=2000, multiline=True),
        valid_from=record.day("valid_from") or record.day("initial_date"),
        valid_to=record.day("valid_to") or record.day("end_date"),
    )
    return Candidate(record.line, new)


def _boundary(record: Record, report: Report) -> Shape | None:
    if record.shape is None or record.shape.is_empty:
        return None
    shape, is_repaired = polygonal(record.shape)
    if is_repaired:
        report.note_repair(
            record.line,
            Phrase("The boundary crossed itself (%(reason)s) and was repaired."),
            reason=shapely.is_valid_reason(record.shape),
        )
    return shape


def _first(
    record: Record, names: tuple[str, ...], *, required: bool = False, max_length: int
) -> str:
    present = next((name for name in names if record.has(name)), names[0])
    return record.text(present, required=required, max_length=max_length)


def _parent(record: Record, code: str) -> str:
    """Return the parent's code as given; without one, what the standard's lengths say."""
    given = next((record.text(name) for name in _PARENT if _is_code(record, name)), "")
    return given or code[: PARENT_LENGTH.get(len(code), 0)]


def _is_code(record: Record, name: str) -> bool:
    # DataV files carry {"adcode": …} here; only a plain code names a parent.
    return record.has(name) and isinstance(record.values[name], str | int | float)


def _without_twins(candidates: list[Candidate], report: Report) -> list[Candidate]:
    first: dict[str, int] = {}
    kept = []
    for candidate in candidates:
        code = candidate.new.code
        if code in first:
            report.reject(candidate.line, CodeTwice(code=code, line=first[code]))
            continue
        first[code] = candidate.line
        kept.append(candidate)
    return kept


def _met(candidates: list[Candidate], report: Report) -> list[Candidate]:
    """Join candidates to the areas that have their codes; a code of an ended area is refused."""
    known = _by_code([candidate.new.code for candidate in candidates])
    kept = []
    for candidate in candidates:
        area = known.get((candidate.new.kind, candidate.new.code))
        if area is not None and area.valid_to is not None:
            report.reject(candidate.line, CodeOnceUsed(code=area.code))
            continue
        kept.append(replace(candidate, known=area))
    return kept


def _by_code(codes: list[str]) -> dict[tuple[str, str], Area]:
    found: dict[tuple[str, str], Area] = {}
    for start in range(0, len(codes), CHUNK):
        # Valid rows come last and win.
        rows = Area.objects.filter(code__in=codes[start : start + CHUNK])
        for area in sorted(rows, key=lambda area: area.valid_to is None):
            found[(area.kind, area.code)] = area
    return found


def _enter(candidates: list[Candidate], report: Report, options: Options, file_name: str) -> None:
    news = [candidate.new for candidate in candidates if candidate.known is None]
    enter_areas(news, by=options.actor, source=file_name)
    report.accepted += len(news)
    redrawn: dict[str, Shape] = {}
    for candidate in candidates:
        if candidate.known is not None:
            _renew(candidate, candidate.known, redrawn, report, options)
    if redrawn:
        draw_boundaries(redrawn, by=options.actor, source=file_name)


def _renew(
    candidate: Candidate,
    known: Area,
    redrawn: dict[str, Shape],
    report: Report,
    options: Options,
) -> None:
    new = candidate.new
    is_drawn = new.boundary is not None and not _is_same(known, new.boundary)
    if is_drawn and new.boundary is not None:
        redrawn[new.code] = new.boundary
    names = {"name_zh": new.name_zh, "name_en": new.name_en}
    changed = {
        name: text
        for name, text in names.items()
        if text and text != new.code and text != getattr(known, name)
    }
    if changed:
        revise_area(known, by=options.actor, **changed)
    if is_drawn or changed:
        report.accepted += 1
    else:
        report.skip()


def _is_same(known: Area, boundary: Shape) -> bool:
    if known.boundary is None:
        return False
    return bool(shapely.equals_exact(shapely.from_wkb(bytes(known.boundary)), boundary, 1e-9))
