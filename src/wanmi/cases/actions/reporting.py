"""Reporting: the first phase. Everything that needs no lock is done before the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.catalogue import queries as catalogue
from wanmi.evidence import actions as evidence
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel import cells
from wanmi.kernel.coordinates import convert
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Invalid
from wanmi.kernel.remembered import Remembered
from wanmi.kernel.text import clean_line, clean_text
from wanmi.organisation import queries as organisation
from wanmi.registers import queries as registers
from wanmi.workflow import actions as workflow

from .. import events, models, words
from ..control.actions import require_reportable
from ..rules import needs_verification, new_tracking_code
from .indexing import write_words
from .numbering import draw_number
from .procedure import SELF_HANDLED, STANDARD_CASE

UNLOCATED_CODE = "000000"
"""Stands in a case number for the district of a case that is nowhere yet."""


class UnknownCategory(Invalid):
    """There is no class %(code)s in the valid catalogue."""

    code = "unknown_category"


class UnknownPart(Invalid):
    """There is no part %(identifier)s in the register."""

    code = "unknown_part"


PHOTOGRAPHS_OF_SELF_HANDLING = 2


class PhotographsMissing(Invalid):
    """Add %(number)d photographs: what was wrong, and that it is put right."""

    code = "photographs_missing"


class UnknownSource(Invalid):
    """There is no source %(source)s."""

    code = "unknown_source"


@dataclass(frozen=True)
class Reporter:
    """Who reported, as far as they said; kept apart from the case."""

    name: str = ""
    phone: str = ""
    email: str = ""
    is_anonymous: bool = False


@dataclass(frozen=True)
class Spot:
    """Where a problem is: the point in CGCS2000 degrees and the grid that holds it."""

    lon: float | None = None
    lat: float | None = None
    grid_code: str = ""
    area_path: str = ""
    division_code: str = ""

    @property
    def is_located(self) -> bool:
        """Say whether the point lies in a unit grid."""
        return bool(self.grid_code)


def find_spot(lon: float | None, lat: float | None, system: str = "cgcs2000") -> Spot:
    """Return where a point lies; a point outside every grid keeps its place but no grid."""
    if lon is None or lat is None:
        return Spot()
    lon, lat = convert(lon, lat, system)
    found = geography.locate(lon, lat)
    if found is None:
        return Spot(lon, lat)
    district = found.district.code if found.district else ""
    return Spot(lon, lat, found.grid_code, found.path, district)


def report(
    description: str,
    *,
    lon: float | None = None,
    lat: float | None = None,
    system: str = "cgcs2000",
    kind: str = "",
    category: str = "",
    part: str = "",
    address: str = "",
    source: str = models.Source.SUPERVISOR,
    media: Sequence[int] = (),
    reporter: Reporter | None = None,
    self_handled: bool = False,
    tracking_code: str = "",
    by: User | None,
    at: datetime | None = None,
) -> models.Case:
    """Report a problem and open its case.

    `self_handled`: the supervisor put a small problem right on the spot; two
    photographs show it, and an acceptor audits instead of the whole procedure.

    `tracking_code`: the one its reporter was given already; drawn otherwise.

    `category` is a minor class code of the valid edition ("06012" with `kind`
    "event"), `part` an identifier. A point outside every grid is accepted as
    unlocated. Raises UnknownCategory, UnknownPart, UnknownSource, UnusableText.
    """
    at = at or datetime.now(UTC)
    if self_handled and len(set(media)) < PHOTOGRAPHS_OF_SELF_HANDLING:
        raise PhotographsMissing(number=PHOTOGRAPHS_OF_SELF_HANDLING)
    if words.SOURCES.get(source) is None:
        raise UnknownSource(source=source)
    description = clean_text(description, max_length=5000)
    if not description:
        raise Invalid("Say what is wrong.")
    spot = find_spot(lon, lat, system)
    values: dict[str, Any] = {
        "description": description,
        "address": clean_line(address, max_length=256),
        "source": source,
        "reported_by": by,
        "given_lon": lon,
        "given_lat": lat,
        "given_system": system if lon is not None else "",
        "tracking_code": tracking_code or new_tracking_code(),
        **place_values(spot),
        **category_values(kind, category, at),
    }
    if source == models.Source.SUPERVISOR:
        require_reportable(values.get("category"), values["area_path"], at)
    if part:
        values |= _part_values(part)
    procedure = SELF_HANDLED if self_handled else STANDARD_CASE
    verify = needs_verification(source)
    values["needs_verification"] = verify
    opening = workflow.prepare(procedure, {"needs_verification": verify}, at)
    return _open(values, spot, opening, media=media, reporter=reporter, by=by, at=at)


@journal.deed()
def _open(
    values: dict[str, Any],
    spot: Spot,
    opening: workflow.Opening,
    *,
    media: Sequence[int],
    reporter: Reporter | None,
    by: User | None,
    at: datetime,
) -> models.Case:
    (key,) = journal.draw_keys(models.Case)
    case = journal.new_row(
        models.Case,
        id=key,
        reported_at=at,
        phase=opening.marks["phase"],
        state=opening.marks["state"],
        due_at=opening.due_at,
        warn_at=opening.warn_at,
        **values,
    )
    subject = f"case:{key}"
    with journal.together():
        moved = workflow.begin(opening, subject=subject, area_path=case.area_path, by=by, at=at)
        said = _keep_reporter(case, reporter)
        # Late, since whoever draws after us waits until this is committed.
        case.number = draw_number(spot.division_code or UNLOCATED_CODE, at)
        journal.insert(case)
        write_words(case)
    if media:
        evidence.attach(media, subject=subject, purpose="report", step="report", by=by, at=at)
    event = events.CaseReported(
        case.pk, case.number, case.source, case.is_located, said, moved.opened()
    )
    journal.publish(event, by=by or "public", area_path=case.area_path, at=at)
    return case


def place_values(spot: Spot, accepting: str | None = None) -> dict[str, Any]:
    """Return the columns that say where a case is; `accepting` is that area if known already."""
    path = spot.area_path
    if not path:
        # Nowhere yet: it lies with the body that accepts it, so that its people see it.
        path = accepting_area() if accepting is None else accepting
    return {
        "lon": spot.lon,
        "lat": spot.lat,
        "cell": cells.cell(spot.lon, spot.lat)
        if spot.lon is not None and spot.lat is not None
        else None,
        "grid_code": spot.grid_code,
        "area_path": path,
        "is_located": spot.is_located,
    }


_classes: Remembered[tuple[str, str, date], catalogue.Category | None] = Remembered()


def category_values(kind: str, code: str, at: datetime) -> dict[str, Any]:
    """Return the columns that say what a case is, as a snapshot of the valid class."""
    if not code:
        return {"kind": kind}
    key = (kind or "event", code, at.date())
    row = _classes.get(key, lambda: catalogue.category(*key))
    if row is None:
        raise UnknownCategory(code=code)
    return {
        "kind": row.kind,
        "category": row,
        "category_code": row.code,
        "category_zh": row.name_zh,
        "category_en": row.name_en,
    }


def _part_values(identifier: str) -> dict[str, Any]:
    part = registers.part(identifier)
    if part is None:
        raise UnknownPart(identifier=identifier)
    return {"part": part}


def accepting_area() -> str:
    """Return the area of the body that accepts what lies nowhere."""
    body = organisation.answering_body("acceptor", "")
    found = organisation.body(body) if body is not None else None
    return found.area_path if found else ""


def _keep_reporter(case: models.Case, reporter: Reporter | None) -> str:
    """Keep who reported in its own row; return the digest the journal may hold."""
    salt = new_salt()
    given = reporter or Reporter()
    if reporter is not None:
        journal.insert(
            models.Reporter(
                case=case,
                name=clean_line(given.name, max_length=60),
                phone=clean_line(given.phone, max_length=30),
                email=clean_line(given.email, max_length=254),
                is_anonymous=given.is_anonymous,
                salt=salt,
            ),
            needs_keys=False,
        )
    return salted_digest(salt, case.description, given.name, given.phone, given.email)
