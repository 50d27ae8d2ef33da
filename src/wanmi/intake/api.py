"""What people bring to the city, for programs of the city's own staff."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Query, Router, Schema, Status

from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotFound
from wanmi.kernel.text import Finite, RowKey, text_rule
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in, scope_with
from wanmi.shell.api import answer, take_page

from . import actions, answers, filtering, queries

router = Router(tags=["contacts"])


class ContactIn(Schema):
    """A matter as a clerk enters it; the point in degrees of CGCS2000."""

    door: Annotated[str, text_rule(20), Field(examples=["letter"])]
    words: Annotated[str, text_rule(5000), Field(examples=["请问门前能否摆摊？"])]
    purpose: Annotated[str, text_rule(12), Field(examples=["consultation"])] = "report"
    title: Annotated[str, text_rule(200)] = ""
    name: Annotated[str, text_rule(60)] = ""
    phone: Annotated[str, text_rule(30), Field(examples=["13812345678"])] = ""
    email: Annotated[str, text_rule(254)] = ""
    lon: Annotated[Finite, Field(ge=-180, le=180)] | None = None
    lat: Annotated[Finite, Field(ge=-90, le=90)] | None = None
    address: Annotated[str, text_rule(256)] = ""
    media: Annotated[list[RowKey], Field(max_length=12)] = []
    outside_id: Annotated[str, text_rule(200)] = ""


class ContactLine(Schema):
    """A matter in a list; no personal data."""

    id: int
    number: str
    door: str
    purpose: str
    state: str
    title: str
    case: str | None
    is_owed: bool
    address: str
    lon: float | None
    lat: float | None
    received_at: datetime
    answered_at: datetime | None
    rating: str


class ContactPage(Schema):
    """A page of matters."""

    items: list[ContactLine]
    next: str | None = None


class SenderOut(Schema):
    """Who brought a matter, masked."""

    name: str
    phone: str
    email: str


class MessageOut(Schema):
    """One utterance; `letter` says how far the letter that carries it has come."""

    direction: str
    words: str
    is_final: bool
    at: datetime
    letter: str | None


class ContactWhole(ContactLine):
    """A matter with its words and everything that was said."""

    words: str
    tracking_code: str
    previous: str | None
    sender: SenderOut | None
    messages: list[MessageOut]


class ContactFilter(Schema):
    """Filters of the list; all given ones apply."""

    q: Annotated[str, text_rule(100)] = ""
    state: Annotated[str, text_rule(8)] = ""
    purpose: Annotated[str, text_rule(12)] = ""
    door: Annotated[str, text_rule(20)] = ""
    owed: bool | None = None


@router.get("/contacts", response=ContactPage)
def list_contacts(
    request: HttpRequest,
    wanted: Annotated[ContactFilter, Query()],
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
    cursor: Annotated[str, text_rule(200)] = "",
) -> HttpResponse:
    """List the matters of the caller's area, newest first."""
    scope = scope_with(request, organisation.duties.SEE_CONTACTS)
    may_search = scope.may(organisation.duties.SEE_REPORTER)
    rows = filtering.filtered(
        queries.visible(scope), may_search_people=may_search, **wanted.dict()
    ).select_related("case")
    return answer(take_page(rows, limit=limit, cursor=cursor, show=answers.brief))


@router.get("/contacts/{number}", response=ContactWhole)
def one_contact(request: HttpRequest, number: str) -> HttpResponse:
    """Return one matter whole; who brought it is masked."""
    return answer(answers.full(_contact(request, number), scope_in(request)))


@router.post("/contacts", response={201: ContactWhole})
def receive_contact(
    request: HttpRequest,
    given: ContactIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[dict[str, Any]]:
    """Enter a matter by hand; it waits for an answer. A repeated key answers the same one."""
    scope = scope_with(request, organisation.duties.ANSWER_CONTACTS)

    def do() -> tuple[int, dict[str, Any]]:
        contact = actions.receive(
            given.door,
            given.words,
            purpose=given.purpose,
            title=given.title,
            sender=actions.Sender(given.name, given.phone, given.email),
            place=actions.Place(given.lon, given.lat, address=given.address),
            media=given.media,
            outside_id=given.outside_id,
            by=reader(request),
        )
        return 201, answers.full(contact, scope)

    return Status(*journal.answer_once(idempotency_key, given.dict(), by=request.user, do=do))


class WordsIn(Schema):
    """What the city says in between; the answer itself is given by the matter's task."""

    words: Annotated[str, text_rule(2000), Field(examples=["已转环卫所，今天内回复您。"])]


@router.post("/contacts/{number}/messages", response=ContactWhole)
def say(request: HttpRequest, number: str, given: WordsIn) -> HttpResponse:
    """Tell whoever brought a matter something before it is answered."""
    contact = _contact(request, number)
    organisation.require(scope_in(request), organisation.duties.ANSWER_CONTACTS, contact.area_path)
    actions.answer(contact, given.words, is_final=False, by=reader(request))
    return answer(answers.full(contact, scope_in(request)))


def _contact(request: HttpRequest, number: str) -> queries.Contact:
    contact = queries.by_number(scope_in(request), number)
    if contact is None:
        raise NotFound
    return contact
