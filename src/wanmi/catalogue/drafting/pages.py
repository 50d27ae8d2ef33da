"""Pages of editions: all of them, a draft as a table, one class of it, files in and out."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.accounts.queries import User
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from wanmi.kernel.text import clean_line
from wanmi.organisation.queries import duties, scope_in
from wanmi.shell import pages, tables
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep import queries as changes

from .. import queries
from ..models import CategoryKind, Edition
from ..views import NoSuchClass, NoSuchEdition
from . import documents, forms, rules
from .matter import Editions
from .rules import Document, Row

MATTER = Editions()
SHOWN_ERRORS = 50


class NothingInForce(Conflict):
    """There is no edition in force to copy."""

    code = "no_edition_in_force"


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.EDIT_CATALOGUE)
def editions(request: HttpRequest) -> HttpResponseBase:
    """Show the editions and the drafts of new ones; on the button, copy the one in force."""
    _require(request)
    if request.method != "POST":
        return _editions_page(request)
    try:
        code = request.POST.get("code", "").strip()
        _copy(code, request.POST.get("name_zh", ""), request.POST.get("name_en", ""), request)
    except Refused as refused:
        return _editions_page(request, error=_told(refused), status=refused.status)
    return HttpResponseRedirect(reverse("catalogue:edition", args=[code]))


@require_safe
@pages.with_duty(duties.EDIT_CATALOGUE)
def edition(request: HttpRequest, item: str) -> HttpResponseBase:
    """Show an edition as a table of classes, a draft with the ways to change it."""
    _require(request)
    return _edition_page(request, item)


@require_safe
@pages.with_duty(duties.EDIT_CATALOGUE)
def export(request: HttpRequest, item: str) -> HttpResponseBase:
    """Answer the classes or the filing standards of an edition as CSV or XLSX."""
    _require(request)
    document, _row = _document(item)
    piece = "standards" if request.GET.get("what") == "standards" else "classes"
    name = tables.stamped(f"{item}-{piece}")
    form = request.GET.get("format", "csv")
    return tables.export(document[piece], forms.columns(piece), name=name, form=form)


@require_POST
@pages.with_duty(duties.EDIT_CATALOGUE)
def bring(request: HttpRequest, item: str) -> HttpResponseBase:
    """Put a file in the place of the classes or standards of a draft; all of it or nothing."""
    _require(request)
    document = _draft(item)
    piece = "standards" if request.POST.get("what") == "standards" else "classes"
    try:
        rows, report = forms.read_file(request.FILES.get("file"), piece)
        if not report.rejected:
            _keep(request, item, {**document, piece: rules.in_order(rows)})
    except Refused as refused:
        return _edition_page(request, item, error=_told(refused), status=refused.status)
    if report.rejected:
        lines = [(row.line, row.sentence(gettext)) for row in report.rejected[:SHOWN_ERRORS]]
        return _edition_page(request, item, rejected=lines, status=422)
    return HttpResponseRedirect(reverse("catalogue:edition", args=[item]))


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.EDIT_CATALOGUE)
def new_class(request: HttpRequest, item: str) -> HttpResponseBase:
    """Add a class to a draft."""
    _require(request)
    document = _draft(item)
    form = forms.class_form(document, None)
    if request.method == "POST" and (row := form.read(request.POST)) is not None:
        if rules.find(document, row["kind"], row["code"]) is None:
            return _settle(request, item, form, rules.with_class(document, _local(row)), row)
        form.errors.append(gettext("There is a class with this code already."))
    context = {"item": item, "form": form, "standards": []}
    return _class_page(request, context, bad=request.method == "POST")


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.EDIT_CATALOGUE)
def one_class(request: HttpRequest, item: str, kind: str, code: str) -> HttpResponseBase:
    """Show a class of a draft: rename, move or retire it, change its filing standards."""
    _require(request)
    document = _draft(item)
    row = rules.find(document, kind, code)
    if row is None:
        raise NoSuchClass
    if request.method != "POST":
        return _class_page(request, _of_class(document, item, row))
    do = _DEEDS.get(request.POST.get("do", ""), _change_class)
    return do(request, item, document, row)


Deed = Callable[[HttpRequest, str, Document, Row], HttpResponseBase]


def _change_class(
    request: HttpRequest, item: str, document: Document, row: Row
) -> HttpResponseBase:
    form = forms.class_form(document, row)
    given = form.read(request.POST)
    context = {**_of_class(document, item, row), "form": form}
    if given is None:
        return _class_page(request, context, bad=True)
    key, taken = rules.key_of(row), rules.find(document, given["kind"], given["code"])
    if taken is not None and rules.key_of(taken) != key:
        form.errors.append(gettext("There is a class with this code already."))
        return _class_page(request, context, bad=True)
    flags = {name: row[name] for name in ("of_part", "is_extension") if name in row}
    changed = rules.with_class(document, given | flags, instead_of=key)
    return _settle(request, item, form, changed, given, context)


def _retire(request: HttpRequest, item: str, document: Document, row: Row) -> HttpResponseBase:
    _keep(request, item, rules.without_class(document, rules.key_of(row)))
    return HttpResponseRedirect(reverse("catalogue:edition", args=[item]))


def _set_standard(
    request: HttpRequest, item: str, document: Document, row: Row
) -> HttpResponseBase:
    form = forms.standard_form(None, 0)
    given = form.read(request.POST)
    context = {**_of_class(document, item, row), "standard_form": form}
    if given is None:
        return _class_page(request, context, bad=True)
    standard = _known(document, row, given["number"]) | given
    changed = rules.with_standard(document, {**standard, **_key(row)})
    return _settle(request, item, form, changed, row, context)


def _drop_standard(
    request: HttpRequest, item: str, document: Document, row: Row
) -> HttpResponseBase:
    said = request.POST.get("number", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    _keep(request, item, rules.without_standard(document, {**_key(row), "number": number}))
    return HttpResponseRedirect(_class_url(item, row))


_DEEDS: dict[str, Deed] = {
    "retire": _retire,
    "standard": _set_standard,
    "drop_standard": _drop_standard,
}


def _copy(code: str, name_zh: str, name_en: str, request: HttpRequest) -> None:
    today = timezone.localdate()
    base = queries.edition_on(today)
    if base is None:
        raise NothingInForce
    if MATTER.now(code) is not None or changes.draft(MATTER.key, code) is not None:
        raise Conflict("There is an edition with this code already.")
    document = documents.document_of(base, today)
    names = {"name_zh": name_zh, "name_en": name_en}
    names = {name: clean_line(said, max_length=80) for name, said in names.items()}
    _keep(request, code, {**document, **names})


def _settle(
    request: HttpRequest,
    item: str,
    form: Any,
    document: Document,
    row: Row,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    try:
        _keep(request, item, document)
    except Refused as refused:
        form.errors.append(_told(refused))
        shown = context or {"item": item, "form": form, "standards": []}
        return _class_page(request, shown, bad=True)
    return HttpResponseRedirect(_class_url(item, row))


def _keep(request: HttpRequest, item: str, document: Document) -> None:
    upkeep.draft(MATTER, item, document, by=cast(User, request.user))


def _document(item: str) -> tuple[Document, Any]:
    """Return a draft with its change, or a published edition. Raises NoSuchEdition."""
    waiting = changes.draft(MATTER.key, item) or changes.waiting(MATTER.key, item)
    if waiting is not None and waiting.content is not None:
        return waiting.content, waiting
    content = MATTER.now(item)
    if content is None:
        raise NoSuchEdition(code=item[:20])
    return content, None


def _draft(item: str) -> Document:
    row = changes.draft(MATTER.key, item)
    if row is None or row.content is None:
        raise NoSuchEdition(code=item[:20])
    return row.content


def _require(request: HttpRequest) -> None:
    if not MATTER.may(scope_in(request)):
        raise NotAllowed


def _editions_page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    under_way = changes.under_way(MATTER.key)
    context = {
        "rows": queries.editions(),
        "drafts": [(row, (row.content or {}).get("name_zh", "")) for row in under_way],
        "current": queries.edition_on(),
        "sent": request.POST,
        "error": error,
    }
    return pages.render(request, "catalogue/editions.html", context, status=status)


def _edition_page(
    request: HttpRequest, item: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    document, change = _document(item)
    words = request.GET.get("q", "").strip()[:40].casefold()
    kind = request.GET.get("kind", "")
    rows = [
        row
        for row in document["classes"]
        if words in f"{row['code']} {row['name_zh']} {row['name_en']}".casefold()
        and kind in {"", row["kind"]}
    ]
    counts: dict[rules.Key, int] = {}
    for each in document["standards"]:
        counts[rules.key_of(each)] = counts.get(rules.key_of(each), 0) + 1
    number = tables.page_number(request)
    start = (number - 1) * tables.PAGE_SIZE
    end = start + tables.PAGE_SIZE
    shown = [(row, counts.get(rules.key_of(row), 0)) for row in rows[start:end]]
    context = {
        "item": item,
        "document": document,
        "change": change,
        "is_draft": change is not None and change.state == "draft",
        "page": tables.Slice(shown, number, tables.PAGE_SIZE, len(rows) > end, len(rows)),
        "q": words,
        "kind": kind,
        "kinds": CategoryKind.choices,
        "edition": Edition.objects.filter(code=item).first(),
        **more,
    }
    return pages.render(request, "catalogue/edition.html", context, part="rows", status=status)


def _class_page(request: HttpRequest, context: dict[str, Any], *, bad: bool = False) -> Any:
    status = 422 if bad else 200
    return pages.render(request, "catalogue/draftclass.html", context, status=status)


def _of_class(document: Document, item: str, row: Row) -> dict[str, Any]:
    found = rules.standards_of(document, row["kind"], row["code"])
    following = max((each["number"] for each in found), default=0) + 1
    return {
        "item": item,
        "row": row,
        "form": forms.class_form(document, row),
        "standards": [
            (
                each,
                queries.limit_words(each["limit_value"], each["limit_type"]),
                forms.standard_form(each, each["number"]),
            )
            for each in found
            if not each.get("region_class")
        ],
        "standard_form": forms.standard_form(None, following),
    }


def _known(document: Document, row: Row, number: int) -> Row:
    """Return what a standard says that its form does not ask for."""
    found = rules.standards_of(document, row["kind"], row["code"])
    same = [each for each in found if each["number"] == number and not each.get("region_class")]
    keys = ("condition_key", "closing_key")
    return {name: same[0][name] for name in keys if name in same[0]} if same else {}


def _key(row: Row) -> Row:
    return {"kind": row["kind"], "code": row["code"]}


def _local(row: Row) -> Row:
    return {**row, "is_extension": True}


def _class_url(item: str, row: Row) -> str:
    return reverse("catalogue:draft_class", args=[item, row["kind"], row["code"]])


def _told(refused: Refused) -> str:
    named = refused.errors if isinstance(refused, Invalid) else []
    return " ".join([pages.sentence(refused), *(error["msg"] for error in named)])
