"""The parts register for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Header, Query, Router, Schema, Status

from wanmi.catalogue import queries as catalogue
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.kernel.text import Finite, text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_with
from wanmi.shell.api import Page, take_page

from . import actions, queries
from .models import Part, PartChange, PartState

router = Router(tags=["parts"])


def line(length: int) -> Any:
    """Return metadata of one line of text (Any: pydantic names no type)."""
    return text_rule(length, multiline=False)


Lon = Annotated[Finite, Field(ge=-180, le=180, description="Degrees east, CGCS2000")]
Lat = Annotated[Finite, Field(ge=-90, le=90, description="Degrees north, CGCS2000")]
Code = Annotated[str, Field(pattern=r"^([0-9]{2}|[0-9]{4,5})?$", examples=["01037"])]
State = Annotated[str, Field(pattern=f"^({'|'.join(PartState.values)})?$", examples=["damaged"])]


class PartOut(Schema):
    """A part of the register; the point in degrees CGCS2000."""

    identifier: str
    kind: str = "part"
    category: str
    edition: str
    name_zh: str
    name_en: str
    symbol: str
    state: str
    department_code: str
    department_name: str
    owner_code: str
    owner_name: str
    maintainer_code: str
    maintainer_name: str
    data_source: str
    position_class: str
    note: str
    initial_date: date
    change_date: date | None = None
    lon: float
    lat: float
    grid_code: str
    area_path: str
    version: int


class ChangeOut(Schema):
    """A change of a part with its reason."""

    at: Any
    operation: str
    reason: str
    before: dict[str, Any]
    after: dict[str, Any]


class PartWithHistory(PartOut):
    """A part and what happened to it, newest first."""

    history: list[ChangeOut]


class NearbyPart(PartOut):
    """A part and its distance from the point asked about."""

    distance_m: float


class PartPage(Page):
    """A page of parts."""

    items: list[PartOut]


class Wanted(Schema):
    """What narrows the list."""

    q: Annotated[str, line(60)] = ""
    code: Code = ""
    edition: Annotated[str, line(20)] = ""
    state: State = ""
    area: Annotated[str, line(160)] = ""
    grid: Annotated[str, line(20)] = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    cursor: Annotated[str, line(40)] = ""


class Around(Schema):
    """A point and a distance in metres."""

    lon: Lon
    lat: Lat
    metres: Annotated[Finite, Field(gt=0, le=2000)] = 50
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class PartFacts(Schema):
    """Facts of a part that may be corrected; what is left out stays."""

    name_zh: Annotated[str, line(60)] | None = None
    name_en: Annotated[str, line(100)] | None = None
    department_code: Annotated[str, line(18)] | None = None
    department_name: Annotated[str, line(100)] | None = None
    owner_code: Annotated[str, line(18)] | None = None
    owner_name: Annotated[str, line(100)] | None = None
    maintainer_code: Annotated[str, line(18)] | None = None
    maintainer_name: Annotated[str, line(100)] | None = None
    data_source: Annotated[str, line(30)] | None = None
    position_class: Annotated[str, Field(pattern="^[ABC]?$")] | None = None
    note: Annotated[str, line(1000)] | None = None

    def given(self) -> dict[str, Any]:
        """Return the facts that were sent."""
        names = PartFacts.model_fields
        return {name: v for name in names if (v := getattr(self, name)) is not None}


class PartPatch(PartFacts):
    """A change of a part: the version it was seen in and the reason are needed."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    reason: Annotated[str, line(400), Field(min_length=1)]
    state: State = ""
    lon: Lon | None = None
    lat: Lat | None = None


class PartIn(PartFacts):
    """A new part; its identifier, grid and area follow from class and point."""

    category: Annotated[str, Field(pattern="^[0-9]{4,5}$", examples=["01037"])]
    lon: Lon
    lat: Lat
    state: State = ""


@router.get("/parts", response=PartPage)
def parts(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the parts of your area."""
    filters = queries.Filters(
        code=wanted.code,
        state=wanted.state,
        area=wanted.area,
        grid=wanted.grid,
        edition=wanted.edition,
    )
    rows = queries.search(wanted.q, filters, scope_with(request, organisation.duties.SEE_PARTS))
    rows = rows.select_related("category__edition")
    return take_page(rows, limit=wanted.limit, cursor=wanted.cursor, show=shown)


@router.get("/parts/nearby", response=list[NearbyPart])
def nearby(request: HttpRequest, around: Query[Around]) -> list[dict[str, Any]]:
    """List the parts around a point, nearest first."""
    scope = scope_with(request, organisation.duties.SEE_PARTS)
    found = queries.nearby(around.lon, around.lat, around.metres, limit=around.limit, within=scope)
    return [shown(row) | {"distance_m": round(metres, 2)} for row, metres in found]


@router.post("/parts", response={201: PartOut})
def enter(
    request: HttpRequest,
    given: PartIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[dict[str, Any]]:
    """Enter a part; it gets the next number of its class in the district it lies in."""
    scope = scope_with(request, organisation.duties.EDIT_PARTS)

    def do() -> tuple[int, dict[str, Any]]:
        new = actions.NewPart(
            category=catalogue.require_category("part", given.category),
            lon=given.lon,
            lat=given.lat,
            state=given.state or PartState.INTACT,
            **given.given(),
        )
        with journal.deed():
            part = actions.enter_part(new, by=request.user)
            organisation.require(scope, organisation.duties.EDIT_PARTS, part.area_path)
        return 201, PartOut(**shown(part)).model_dump(mode="json")

    return Status(*journal.answer_once(idempotency_key, given.dict(), by=request.user, do=do))


@router.get("/parts/{identifier}", response=PartWithHistory)
def part(request: HttpRequest, identifier: str) -> dict[str, Any]:
    """Return a part with its history."""
    row = queries.require_part(identifier, scope_with(request, organisation.duties.SEE_PARTS))
    return shown(row) | {"history": [_change(each) for each in queries.history(row)]}


@router.patch("/parts/{identifier}", response=PartOut)
def patch(request: HttpRequest, identifier: str, given: PartPatch) -> dict[str, Any]:
    """Change a part; 409 when somebody else changed it since the version you saw."""
    scope = scope_with(request, organisation.duties.SEE_PARTS)
    row = queries.require_part(identifier, scope)
    if not scope.may(organisation.duties.EDIT_PARTS, row.area_path):
        raise NotAllowed
    if (given.lon is None) is not (given.lat is None):
        raise Invalid("A point needs longitude and latitude.")
    point = (given.lon, given.lat) if given.lon is not None and given.lat is not None else None
    changed = actions.revise(
        row,
        facts=given.given(),
        state=given.state,
        point=point,
        reason=given.reason,
        version=given.version,
        by=request.user,
    )
    return shown(changed)


def shown(row: Part) -> dict[str, Any]:
    """Return a part as the API shows it."""
    taken = {name: getattr(row, name, None) for name in PartOut.model_fields}
    category = row.category
    return taken | {
        "kind": "part",
        "category": category.code,
        "edition": category.edition.code,
        "symbol": category.symbol,
    }


def _change(row: PartChange) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ChangeOut.model_fields}
