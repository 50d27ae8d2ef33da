"""Importing parts: `./wanmi import parts FILE`, from tables and layers alike.

Columns may carry our names, those of GB/T 47678.5 table 2 or those in use since 2007;
anything else needs a mapping. A row whose part is in the register already is compared
with it: the same is left alone, what differs becomes a change with its reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import shapely

from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.kernel import cells
from wanmi.kernel.errors import Invalid, Refused
from wanmi.kernel.identifiers import credit_code
from wanmi.kernel.imports import (
    MissingValue,
    Options,
    Record,
    Report,
    Source,
    UnusableValue,
    read,
)

from . import actions, rules
from .actions import NewPart
from .columns import COLUMNS, SOURCES, STATES
from .models import Operation, Part, PartState
from .standing import Standing

KIND = "parts"
LONGEST_TEXT = {"note": 1000, "name_zh": 60, "name_en": 100, "data_source": 30}


class UnknownClass(Invalid):
    """There is no class “%(name)s” of parts in edition %(edition)s."""

    code = "unknown_class"


class Nowhere(Invalid):
    """The part has no coordinates."""

    code = "part_without_place"


class GivenTwice(Invalid):
    """This part stands in the file already, on line %(line)s."""

    code = "part_given_twice"


@dataclass(frozen=True)
class Wanted:
    """A part as a line of the file gives it."""

    line: int
    new: NewPart


def load(source: Source, options: Options) -> Report:
    """Load parts from a file; new ones are entered together, known ones changed one by one."""
    report = Report(KIND)
    wanted = list(_wanted(source, options, report))
    standing = Standing.of([each.new for each in wanted])
    fresh: list[Wanted] = []
    for each in wanted:
        known = standing.find(each.new)
        if known is None:
            fresh.append(each)
        else:
            _compare(known, each, report, options)
    actions.enter_parts([each.new for each in fresh], source=source.path.name, by=options.actor)
    report.accepted += len(fresh)
    report.rejected.sort(key=lambda row: row.line)
    return report


def _wanted(source: Source, options: Options, report: Report) -> Iterator[Wanted]:
    """Yield the usable rows; the others go to the report with their reason."""
    classes = _Classes()
    rows = []
    for record in read(source, options, report):
        try:
            rows.append(Wanted(record.line, _new_part(record, classes)))
        except Refused as refused:
            report.reject(record.line, refused)
    seen: dict[str, int] = {}
    for row, division in zip(rows, _divisions(rows), strict=True):
        try:
            _refuse_impossible(row, division, seen)
        except Refused as refused:
            report.reject(row.line, refused)
            continue
        yield row


def _divisions(rows: list[Wanted]) -> list[str]:
    if not rows:
        return []
    places = geography.locate_many([row.new.lon for row in rows], [row.new.lat for row in rows])
    return [rules.division_of(str(path)) for path in places.paths]


def _refuse_impossible(row: Wanted, division: str, seen: dict[str, int]) -> None:
    new = row.new
    if not division and not new.division_code and not new.identifier:
        raise actions.OutsideEveryDistrict
    if new.identifier:
        actions.check_identifier(new)
        if new.identifier in seen:
            raise GivenTwice(line=seen[new.identifier])
        seen[new.identifier] = row.line


def _new_part(record: Record, classes: "_Classes") -> NewPart:
    given = _Reader(record)
    identifier = given.text("identifier").upper()
    point = record.point()
    if point is None:
        raise Nowhere
    shape = record.shape
    is_extended = shape is not None and shape.geom_type != "Point"
    return NewPart(
        category=classes.find(given, identifier),
        lon=point[0],
        lat=point[1],
        identifier=identifier,
        division_code=given.text("division_code") or identifier[: rules.DIVISION_DIGITS],
        state=given.choice("state", STATES) or PartState.INTACT,
        initial_date=given.day("initial_date"),
        data_source=given.choice("data_source", SOURCES) or given.text("data_source"),
        position_class=given.text("position_class")[:1].upper(),
        shape=shapely.to_wkb(shape) if is_extended else None,
        department_code=given.credit_code("department_code"),
        owner_code=given.credit_code("owner_code"),
        maintainer_code=given.credit_code("maintainer_code"),
        **{name: given.text(name) for name in _WORDS},
    )


_WORDS = ("name_zh", "name_en", "department_name", "owner_name", "maintainer_name", "note")


class _Reader:
    """Asks a record for our fields under any of their names."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def text(self, name: str) -> str:
        column = self._column(name)
        longest = LONGEST_TEXT.get(name, 100)
        return self._record.text(column, max_length=longest) if column else ""

    def day(self, name: str) -> date | None:
        column = self._column(name)
        return self._record.day(column) if column else None

    def choice(self, name: str, words: dict[str, str]) -> str:
        """Return our word for what the file says; an unknown state is refused."""
        said = self.text(name)
        if not said or said in words.values():
            return said
        if said not in words and words is STATES:
            raise UnusableValue(value=said[:40], field=name)
        return words.get(said, "")

    def credit_code(self, name: str) -> str:
        said = self.text(name)
        return credit_code(said) if said else ""

    def _column(self, name: str) -> str:
        return next((c for c in (name, *COLUMNS.get(name, ())) if self._record.has(c)), "")


class _Classes:
    """Finds the class of a row: from its class column, else from its identifier."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], catalogue.Category | None] = {}

    def find(self, given: _Reader, identifier: str) -> "catalogue.Category":
        code, edition = given.text("category"), given.text("edition")
        if not code and identifier:
            code, edition = _from_identifier(identifier, edition)
        if not code:
            raise MissingValue(field="category")
        found = self._by_code(code, edition) if code.isdigit() else self._by_name(code, edition)
        if found is None:
            raise UnknownClass(name=code[:40], edition=edition or "2026")
        return found

    def _by_code(self, code: str, edition: str) -> "catalogue.Category | None":
        key = (code, edition or ("2013" if len(code) == 4 else "2026"))
        if key not in self._known:
            self._known[key] = catalogue.category("part", code, edition=key[1])
        return self._known[key]

    def _by_name(self, name: str, edition: str) -> "catalogue.Category | None":
        key = (name, edition or "2026")
        if key not in self._known:
            rows = catalogue.categories("part", edition=key[1])
            self._known[key] = rows.filter(name_zh=name).first()
        return self._known[key]


def _from_identifier(identifier: str, edition: str) -> tuple[str, str]:
    """Return class code and edition an identifier speaks of: 17 characters are 2026."""
    if len(identifier) == 17:
        return identifier[6:11], "2026"
    return identifier[6:10], edition or "2013"


def _compare(known: Part, wanted: Wanted, report: Report, options: Options) -> None:
    """Bring a known part to what the file says; nothing to do leaves it alone."""
    new, said = wanted.new, f"{KIND} import, line {wanted.line}"
    facts = {n: v for n in actions.CORRECTABLE if (v := getattr(new, n)) not in ("", None)}
    differing = {name: value for name, value in facts.items() if getattr(known, name) != value}
    moved = cells.cell(new.lon, new.lat) != known.cell
    restated = new.state != known.state
    if not (differing or moved or restated):
        report.skip()
        return
    with report.row(_Line(wanted.line)):
        if differing:
            operation = Operation.IMPORT
            actions.correct(known, differing, reason=said, by=options.actor, operation=operation)
        if moved:
            actions.move(known, new.lon, new.lat, reason=said, by=options.actor)
        if restated:
            actions.change_state(known, new.state, reason=said, by=options.actor)


@dataclass(frozen=True)
class _Line:
    """What a report wants to know of a row."""

    line: int
