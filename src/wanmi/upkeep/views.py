"""The administration: its start page, a matter, one thing with its history, one change."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import Invalid, Refused
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages, tables
from wanmi.shell.schemaforms import SchemaForm

from . import actions, queries, starting
from .differences import differences
from .matters import Content, Effect, Matter, find
from .models import Change, State

SEARCH_LENGTH = 40
SHOWN_HISTORY = 20


@require_safe
@pages.with_duty()
def start(request: HttpRequest) -> HttpResponseBase:
    """Gather everything this reader may administer, by subject, narrowed by words."""
    starting.require_any(scope_in(request))
    words = pages.line_of(request.GET, "q", SEARCH_LENGTH)
    context = {
        "groups": starting.groups(scope_in(request), words),
        "q": words,
        "recent": starting.recent(scope_in(request)),
    }
    return pages.render(request, "upkeep/start.html", context, part="found")


@require_safe
@pages.with_duty()
def changes(request: HttpRequest) -> HttpResponseBase:
    """List every change of what this reader may administer, newest first."""
    scope = scope_in(request)
    starting.require_any(scope)
    rows = queries.changes([each.key for each in starting.matters_of(scope)])
    page = tables.take(rows, tables.page_number(request))
    shown = [starting.named(row) for row in starting.visible(scope, page.rows)]
    return pages.render(request, "upkeep/changes.html", {"page": page, "rows": shown}, part="rows")


@require_http_methods(["GET", "POST"])
@pages.with_duty()
def matter(request: HttpRequest, key: str) -> HttpResponseBase:
    """List the things of a matter; begin a new one where that is possible."""
    found = queries.matter_of(key, scope_in(request))
    if request.method == "POST":
        return _begin(request, found)
    return _matter_page(request, found)


@require_http_methods(["GET", "POST"])
@pages.with_duty()
def item(request: HttpRequest, key: str, item: str) -> HttpResponseBase:
    """Show one thing as a form, its draft and its history; on the button, draft a change."""
    found = queries.matter_of(key, scope_in(request), item)
    own_page = found.page(item)
    if own_page and request.method == "GET":
        return HttpResponseRedirect(own_page)
    now = found.now(item)
    waiting = queries.draft(key, item)
    is_new = now is None
    if is_new and not found.may_add:
        raise queries.NoSuchMatter
    begun = (waiting.content if waiting else None) or now or found.blank(item)
    form = form_of(found, item, begun)
    status = 200
    if request.method == "POST":
        content = form.read(request.POST)
        if content is not None:
            try:
                row = actions.draft(
                    found, item, content, by=reader(request), note=request.POST.get("note", "")
                )
                return HttpResponseRedirect(reverse("upkeep:change", args=[row.pk]))
            except Refused as refused:
                _tell(form, refused)
        status = 422
    context = {
        "matter": found,
        "item": item,
        "label": found.label_of(item),
        "form": form,
        "draft": waiting,
        "is_new": is_new,
        "rows": [starting.named(row) for row in queries.history(key, item)[:SHOWN_HISTORY]],
    }
    return pages.render(request, "upkeep/item.html", context, status=status)


@require_safe
@pages.with_duty()
def change(request: HttpRequest, key: int) -> HttpResponseBase:
    """Show what a change changes and what that does to work under way."""
    row = queries.change_of(key, scope_in(request))
    return _change_page(request, row)


@require_POST
@pages.with_duty()
def apply(request: HttpRequest, key: int) -> HttpResponseBase:
    """Let a draft take effect, today or from a day on."""
    row = queries.change_of(key, scope_in(request))
    return _settle(
        request, row, lambda: actions.apply(row, by=reader(request), from_day=_day(request))
    )


@require_POST
@pages.with_duty()
def withdraw(request: HttpRequest, key: int) -> HttpResponseBase:
    """Give up a draft or a change before its day."""
    row = queries.change_of(key, scope_in(request))
    return _settle(request, row, lambda: actions.withdraw(row, by=reader(request)))


@require_POST
@pages.with_duty()
def try_out(request: HttpRequest, key: int) -> HttpResponseBase:
    """Send a draft to oneself."""
    row = queries.change_of(key, scope_in(request))
    actions.try_out(row, by=reader(request))
    return HttpResponseRedirect(reverse("upkeep:change", args=[key]) + "?tried=1")


@require_POST
@pages.with_duty()
def undo(request: HttpRequest, key: int) -> HttpResponseBase:
    """Bring back what stood before a change."""
    row = queries.change_of(key, scope_in(request))
    return _settle(request, row, lambda: actions.undo(row, by=reader(request)))


def form_of(found: Matter, item: str, values: Content) -> SchemaForm:
    """Return the form of a thing, filled in."""
    asked = found.asked(item)
    return SchemaForm(asked.schema, asked.hints, values=values)


def _begin(request: HttpRequest, found: Matter) -> HttpResponseBase:
    said = request.POST.get("item", "").strip()
    try:
        actions.require_key(found, said)
    except Refused as refused:
        return _matter_page(request, found, error=pages.sentence(refused), status=422)
    return HttpResponseRedirect(reverse("upkeep:item", args=[found.key, said]))


def _matter_page(
    request: HttpRequest, found: Matter, *, error: str = "", status: int = 200
) -> HttpResponseBase:
    words = pages.line_of(request.GET, "q", SEARCH_LENGTH)
    drafts = Change.objects.filter(matter=found.key, state__in=[State.DRAFT, State.WAITING])
    waiting = {row.item: row for row in drafts.order_by("pk")}
    rows = [(each, waiting.get(each.key)) for each in found.search(words)]
    context = {"matter": found, "rows": rows, "q": words, "error": error}
    return pages.render(request, "upkeep/matter.html", context, part="rows", status=status)


def _change_page(
    request: HttpRequest, row: Change, *, error: str = "", status: int = 200
) -> HttpResponseBase:
    found = find(row.matter)
    assert found is not None  # change_of has found it
    last = queries.last_number(row.matter, row.item)
    effects = _effects(found, row)
    context: dict[str, Any] = {
        "row": starting.named(row),
        "change": row,
        "matter": found,
        "differences": differences(found, row.item, row.before, row.content),
        "effects": effects,
        "may_apply": row.state == State.DRAFT
        and row.follows == last
        and not any(each.severity == "stop" for each in effects),
        "is_old": row.state == State.DRAFT and row.follows != last,
        "may_try": row.state == State.DRAFT and found.can_try,
        "is_tried": request.GET.get("tried") == "1",
        "may_undo": row.state == State.APPLIED and row.pk == last,
        "may_withdraw": row.state in actions.GIVEN_UP,
        "today": timezone.localdate().isoformat(),
        "error": error,
    }
    return pages.render(request, "upkeep/change.html", context, status=status)


def _effects(found: Matter, row: Change) -> list[Effect]:
    """Return what a change would do; of one that is over nothing is to be expected any more."""
    if row.state not in {State.DRAFT, State.WAITING}:
        return []
    return list(found.effects(row.item, row.content, row.from_day or timezone.localdate()))


def _settle(request: HttpRequest, row: Change, do: Any) -> HttpResponseBase:
    try:
        settled = do()
    except Refused as refused:
        row.refresh_from_db()
        return _change_page(request, row, error=pages.sentence(refused), status=refused.status)
    shown = settled.pk if isinstance(settled, Change) else row.pk
    return HttpResponseRedirect(reverse("upkeep:change", args=[shown]))


def _tell(form: SchemaForm, refused: Refused) -> None:
    if isinstance(refused, Invalid) and refused.errors:
        form.refuse(refused)
        return
    form.errors.append(pages.sentence(refused))


def _day(request: HttpRequest) -> date | None:
    said = request.POST.get("from_day", "")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise Invalid(gettext("Enter a date such as 2026-11-21.")) from None
