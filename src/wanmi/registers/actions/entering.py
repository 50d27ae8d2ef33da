"""Entering parts, one or a whole survey at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel import cells
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.identifiers import Edition, PartIdentifier, UnusableIdentifier
from wanmi.kernel.text import clean_line, finite

from .. import events, numbering, rules
from ..models import Part, PartState

BATCH = 500


class OutsideEveryDistrict(Invalid):
    """The part lies outside every district, so no identifier can be made; check its coordinates."""

    code = "outside_every_district"


class WrongIdentifier(Invalid):
    """“%(identifier)s” is no identifier of class %(code)s in its edition."""

    code = "wrong_identifier"


class IdentifierTaken(Conflict):
    """A part with the identifier %(identifier)s is in the register already."""

    code = "identifier_taken"


class NoNumberLeft(Conflict):
    """All numbers of this class in division %(division)s are used up."""

    code = "no_number_left"


@dataclass(frozen=True)
class NewPart:
    """A part to be entered; its point in degrees CGCS2000, its shape as WKB.

    Without `identifier` it gets the next one of its division and class. The
    division, unit grid and area are those the point lies in; a given
    `division_code` counts where it lies in none.
    """

    category: "catalogue.Category"
    lon: float
    lat: float
    name_zh: str = ""
    name_en: str = ""
    identifier: str = ""
    division_code: str = ""
    department_code: str = ""
    department_name: str = ""
    owner_code: str = ""
    owner_name: str = ""
    maintainer_code: str = ""
    maintainer_name: str = ""
    state: str = PartState.INTACT
    initial_date: date | None = None
    data_source: str = ""
    note: str = ""
    position_class: str = ""
    shape: bytes | None = None


@journal.deed()
def enter_part(new: NewPart, *, by: journal.Actor = None, at: datetime | None = None) -> Part:
    """Enter a part. Raises OutsideEveryDistrict, WrongIdentifier or IdentifierTaken."""
    (part,) = _store([new], at)
    journal.publish(
        events.PartEntered(part.pk, part.identifier), by=by, area_path=part.area_path, at=at
    )
    return part


@journal.deed()
def enter_parts(
    news: Sequence[NewPart],
    *,
    source: str = "survey",
    by: journal.Actor = None,
    at: datetime | None = None,
) -> list[Part]:
    """Enter many parts at once, all or none; the journal tells of them as one survey."""
    if not news:
        return []
    parts = _store(news, at)
    told = events.PartsEntered(parts[0].pk, parts[-1].pk, len(parts), source)
    journal.publish(told, by=by, at=at)
    return parts


def check_identifier(new: NewPart) -> PartIdentifier:
    """Return the components of the identifier that came along, or raise WrongIdentifier."""
    category = new.category
    wrong = WrongIdentifier(identifier=new.identifier[:40], code=category.code)
    try:
        key = PartIdentifier.read(new.identifier, Edition(category.edition.code))
    except UnusableIdentifier:
        raise wrong from None
    fits = (key.major, key.minor) == (category.major_code, category.minor_code)
    if not fits or not key.sequence.isdecimal():
        raise wrong
    return key


def _store(news: Sequence[NewPart], at: datetime | None) -> list[Part]:
    day = timezone.localdate(at)
    places = geography.locate_many([new.lon for new in news], [new.lat for new in news])
    cell = cells.cells([finite(new.lon) for new in news], [finite(new.lat) for new in news])
    parts = [
        _part(new, day, str(grid), str(path), int(where))
        for new, grid, path, where in zip(news, places.codes, places.paths, cell, strict=True)
    ]
    _identify(news, parts)
    _refuse_taken([new.identifier for new in news if new.identifier])
    return Part.objects.bulk_create(parts, batch_size=BATCH)


def _part(new: NewPart, day: date, grid: str, path: str, cell: int) -> Part:
    division = rules.division_of(path) or new.division_code
    if not division:
        raise OutsideEveryDistrict
    return Part(
        category=new.category,
        name_zh=clean_line(new.name_zh or new.category.name_zh, max_length=60),
        name_en=clean_line(new.name_en or new.category.name_en, max_length=100),
        division_code=division,
        department_code=new.department_code,
        department_name=clean_line(new.department_name, max_length=100),
        owner_code=new.owner_code,
        owner_name=clean_line(new.owner_name, max_length=100),
        maintainer_code=new.maintainer_code,
        maintainer_name=clean_line(new.maintainer_name, max_length=100),
        state=PartState(new.state),
        initial_date=new.initial_date or day,
        data_source=clean_line(new.data_source, max_length=30),
        note=clean_line(new.note, max_length=1000),
        position_class=new.position_class,
        shape=new.shape,
        lon=new.lon,
        lat=new.lat,
        cell=cell,
        grid_code=grid,
        area_path=path,
    )


def _identify(news: Sequence[NewPart], parts: Sequence[Part]) -> None:
    """Give identifiers: those that came along are read, the others get the next numbers."""
    for new, part in zip(news, parts, strict=True):
        if new.identifier:
            read = check_identifier(new)
            part.division_code, part.sequence = read.division, int(read.sequence)
            part.identifier = str(read)
    given = [part for part in parts if part.identifier]
    numbering.note_numbers((p.division_code, p.category_id, p.sequence) for p in given)
    nameless = [part for part in parts if not part.identifier]
    following = numbering.take_numbers(Counter((p.division_code, p.category_id) for p in nameless))
    for part in nameless:
        key = part.division_code, part.category_id
        _name(part, following[key])
        following[key] += 1


def _name(part: Part, number: int) -> None:
    if number > rules.LAST_NUMBER:
        raise NoNumberLeft(division=part.division_code)
    category = part.category
    named = PartIdentifier.numbered(
        part.division_code, category.major_code, category.minor_code, number
    )
    part.sequence, part.identifier = number, str(named)


def _refuse_taken(identifiers: list[str]) -> None:
    for start in range(0, len(identifiers), BATCH):
        rows = Part.objects.filter(identifier__in=identifiers[start : start + BATCH])
        taken = rows.values_list("identifier", flat=True).first()
        if taken:
            raise IdentifierTaken(identifier=taken)
    twice = [text for text, count in Counter(identifiers).items() if count > 1]
    if twice:
        raise IdentifierTaken(identifier=twice[0])
