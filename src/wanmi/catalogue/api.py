"""The catalogue for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_with
from wanmi.shell.api import Page, take_page

from . import queries
from .models import CaseStandard, Category

router = Router(tags=["catalogue"])
Code = Annotated[str, Field(pattern=r"^[0-9]{4,5}$", examples=["01037"])]


class NoSuchClass(NotFound):
    """There is no such class in this edition of the catalogue."""

    code = "no_such_class"


class CategoryOut(Schema):
    """A class of parts or events. `certainty` other than "found" is to be confirmed."""

    edition: str
    standard: str
    kind: str
    code: str
    major_code: str
    minor_code: str
    name_zh: str
    name_en: str
    major_zh: str
    major_en: str
    department_zh: str
    department_en: str
    symbol: str
    is_extension: bool
    of_part: bool
    certainty: str
    valid_from: date
    valid_to: date | None = None


class StandardOut(Schema):
    """A filing condition with its handling limit and closing condition."""

    id: int
    condition_no: int
    condition_zh: str
    condition_en: str
    limit_value: float
    limit_type: str
    limit: str
    closing_zh: str
    closing_en: str
    region_class: str
    certainty: str


class StandardOfClass(StandardOut):
    """A filing condition and the class it is for."""

    kind: str
    code: str


class StandardPage(Page):
    """A page of filing conditions, newest key first."""

    items: list[StandardOfClass]


class CategoryWithStandards(CategoryOut):
    """A class with the filing conditions that hold on the day asked for."""

    standards: list[StandardOut]


class CategoryPage(Page):
    """A page of classes, newest key first."""

    items: list[CategoryOut]


class Wanted(Schema):
    """What narrows the list; without a day, the catalogue in force today."""

    kind: Annotated[str, Field(pattern="^(part|event)?$")] = ""
    q: Annotated[str, text_rule(40, multiline=False)] = ""
    edition: Annotated[str, text_rule(20, multiline=False)] = ""
    major: Annotated[str, Field(pattern="^([0-9]{2})?$")] = ""
    on: date | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[str, text_rule(40, multiline=False)] = ""


@router.get("/categories", response=CategoryPage)
def categories(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the classes of an edition, or of the one in force on a day."""
    scope_with(request, organisation.duties.SEE_CATALOGUE)
    rows = queries.categories(
        wanted.kind or None,
        wanted.q or None,
        wanted.on,
        edition=wanted.edition,
        major=wanted.major,
    )
    return take_page(rows, limit=wanted.limit, cursor=wanted.cursor, show=_shown)


@router.get("/categories/{kind}/{code}", response=CategoryWithStandards)
def category(
    request: HttpRequest,
    kind: Annotated[str, Field(pattern="^(part|event)$")],
    code: Code,
    on: date | None = None,
    edition: Annotated[str, text_rule(20, multiline=False)] = "",
    region_class: Annotated[str, text_rule(8, multiline=False)] = "",
) -> dict[str, Any]:
    """Return a class and its filing conditions on a day (today)."""
    scope_with(request, organisation.duties.SEE_CATALOGUE)
    row = queries.category(kind, code, on, edition=edition)
    if row is None:
        raise NoSuchClass
    standards = queries.standards_of(row, region_class, on)
    return _shown(row) | {"standards": [_standard(each) for each in standards]}


@router.get("/standards", response=StandardPage)
def standards(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=500)] = 100,
    cursor: Annotated[str, text_rule(40, multiline=False)] = "",
) -> dict[str, Any]:
    """List the filing conditions in force today, each with its class: for keeping them along."""
    scope_with(request, organisation.duties.SEE_CATALOGUE)
    rows = queries.standards_in_force()
    return take_page(rows, limit=limit, cursor=cursor, show=_of_class)


def _of_class(row: CaseStandard) -> dict[str, Any]:
    return _standard(row) | {"kind": row.category.kind, "code": row.category.code}


def _shown(row: Category) -> dict[str, Any]:
    taken = {name: getattr(row, name, None) for name in CategoryOut.model_fields}
    return taken | {"edition": row.edition.code, "standard": row.edition.standard}


def _standard(row: CaseStandard) -> dict[str, Any]:
    return {name: getattr(row, name) for name in StandardOut.model_fields}
