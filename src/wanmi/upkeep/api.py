"""The administration for programs: what there is, how it stands, changing and undoing it."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from wanmi.accounts.queries import reader
from wanmi.kernel.text import text_rule
from wanmi.organisation.queries import scope_in
from wanmi.shell.api import Page, take_page

from . import actions, queries, starting
from .differences import differences
from .matters import Matter
from .models import Change

router = Router(tags=["administration"])
Key = Annotated[str, text_rule(40, multiline=False)]
ItemKey = Annotated[str, text_rule(80, multiline=False)]


class MatterOut(Schema):
    """A sort of things that can be changed."""

    key: str
    label: str
    help: str
    group: str
    items: list[str]


class ThingOut(Schema):
    """One thing as it stands, and the JSON Schema (`described_by`) of its content."""

    matter: str
    item: str
    content: dict[str, Any] | None = None
    described_by: dict[str, Any]


class DifferenceOut(Schema):
    """One field that changes."""

    label: str
    before: str
    after: str
    added: list[str]
    removed: list[str]


class EffectOut(Schema):
    """What a change does to work under way; `severity` is info, warn or stop."""

    sentence: str
    severity: str


class ChangeOut(Schema):
    """One change, from draft to applied."""

    id: int
    matter: str
    item: str
    state: str
    content: dict[str, Any] | None = None
    from_day: date | None = None
    note: str = ""
    undoes: int | None = None
    made_at: datetime
    settled_at: datetime | None = None


class DraftOut(ChangeOut):
    """A draft with what it would change and do."""

    differences: list[DifferenceOut]
    effects: list[EffectOut]


class DraftIn(Schema):
    """What a thing is to be."""

    content: dict[str, Any]
    note: Annotated[str, text_rule(200, multiline=False)] = ""


class ApplyIn(Schema):
    """From which day of the city on; none means today."""

    from_day: date | None = None


class ChangePage(Page):
    """A page of changes."""

    items: list[ChangeOut]


class Wanted(Schema):
    """What narrows the list."""

    matter: Key = ""
    limit: Annotated[int, Query(ge=1, le=500)] = 100
    cursor: Annotated[str, text_rule(40, multiline=False)] = ""


@router.get("/administration", response=list[MatterOut])
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """List what you may change."""
    starting.require_any(scope_in(request))
    return [
        {
            "key": each.key,
            "label": str(each.label),
            "help": str(each.help),
            "group": str(each.group),
            "items": [item.key for item in each.items()],
        }
        for each in starting.matters_of(scope_in(request))
    ]


@router.get("/administration/changes", response=ChangePage)
def changes(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the changes of what you may change, newest first."""
    starting.require_any(scope_in(request))
    keys = [each.key for each in starting.matters_of(scope_in(request))]
    rows = queries.changes([key for key in keys if wanted.matter in {"", key}])
    return take_page(rows, limit=wanted.limit, cursor=wanted.cursor, show=_change)


@router.get("/administration/{matter}/{item}", response=ThingOut)
def thing(request: HttpRequest, matter: Key, item: ItemKey) -> dict[str, Any]:
    """Return a thing as it stands, and how it is described."""
    found = _existing(request, matter, item)
    content, schema = found.now(item), found.asked(item).schema
    return {"matter": matter, "item": item, "content": content, "described_by": schema}


@router.post("/administration/{matter}/{item}", response={201: DraftOut})
def draft(request: HttpRequest, matter: Key, item: ItemKey, sent: DraftIn) -> Status[Any]:
    """Draft a change and return what it would do; nothing takes effect yet."""
    found = _existing(request, matter, item)
    row = actions.draft(found, item, sent.content, by=reader(request), note=sent.note)
    changed = differences(found, item, row.before, row.content)
    effects = found.effects(item, row.content, date.today())  # noqa: DTZ011  # a day of the city
    more = {
        "differences": [each.__dict__ for each in changed],
        "effects": [each.__dict__ for each in effects],
    }
    return Status(201, _change(row) | more)


@router.post("/administration/changes/{change_id}/apply", response=ChangeOut)
def apply(request: HttpRequest, change_id: int, sent: ApplyIn) -> dict[str, Any]:
    """Let a draft take effect, today or from a day on."""
    row = queries.change_of(change_id, scope_in(request))
    return _change(actions.apply(row, by=reader(request), from_day=sent.from_day))


@router.post("/administration/changes/{change_id}/withdraw", response={204: None})
def withdraw(request: HttpRequest, change_id: int) -> Status[None]:
    """Give up a draft, or a change before its day."""
    actions.withdraw(queries.change_of(change_id, scope_in(request)), by=reader(request))
    return Status(204, None)


@router.post("/administration/changes/{change_id}/undo", response=ChangeOut)
def undo(request: HttpRequest, change_id: int) -> dict[str, Any]:
    """Bring back what stood before a change, as a change of its own."""
    row = queries.change_of(change_id, scope_in(request))
    return _change(actions.undo(row, by=reader(request)))


def _existing(request: HttpRequest, matter: str, item: str) -> Matter:
    found = queries.matter_of(matter, scope_in(request), item)
    if found.now(item) is None and not found.may_add:
        raise queries.NoSuchMatter
    return found


def _change(row: Change) -> dict[str, Any]:
    names = ("matter", "item", "state", "content", "from_day", "note", "made_at", "settled_at")
    shown = {name: getattr(row, name) for name in names}
    return shown | {"id": row.pk, "undoes": row.undoes_id}
