"""Words while they are typed; the page of the versions: figures, training, what is in force."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound, Refused
from wanmi.kernel.text import clean_line, clean_text
from wanmi.organisation import queries as organisation
from wanmi.shell import pages, tables

from . import actions, presenting, queries
from .models import Model

duties = organisation.duties


@require_POST
@pages.with_duty(duties.WORK_TASKS)
def typed(request: HttpRequest) -> HttpResponse:
    """Answer suggestions and cases alike for words that are being typed."""
    lon, lat = (_degrees(request, name, most) for name, most in (("lon", 180), ("lat", 90)))
    report = queries.Report(_said(request), lon, lat, datetime.now(UTC))
    targets = [name for name in queries.TARGETS if name in request.POST.getlist("for")]
    return HttpResponse(queries.advice_html(_scope(request), report, targets))


@require_safe
@pages.with_duty(duties.EDIT_CATALOGUE)
def home(request: HttpRequest) -> HttpResponse:
    """Show the version asked for, else the one in force: its figures, the others beside it."""
    model = _asked(request)
    target = _target(request)
    context = {
        "model": model,
        "versions": [presenting.version(row) for row in queries.versions()[:MOST_VERSIONS]],
        "training": queries.in_training(),
        "new_lessons": queries.new_lessons(model),
        "target": target,
        "targets": presenting.targets(model),
        "figures": presenting.figures(model, target),
        "rows": _rows(request, model, target),
        "order": request.GET.get("order", ""),
    }
    return pages.render(request, "triage/home.html", context, part="figures")


@require_safe
@pages.with_duty(duties.EDIT_CATALOGUE)
def progress(request: HttpRequest) -> HttpResponse:
    """Answer how far a training has come; the page asks until it is over."""
    training = queries.in_training()
    response = pages.render(request, "triage/parts/progress.html", {"training": training})
    if training is None:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@pages.with_duty(duties.EDIT_CATALOGUE)
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer the figures of a version by class as CSV or XLSX."""
    model, target = _asked(request), _target(request)
    name = tables.stamped(f"triage-{target}")
    form = request.GET.get("format", "csv")
    return tables.export(_rows(request, model, target), COLUMNS, name=name, form=form)


@require_POST
@pages.with_duty(duties.EDIT_CATALOGUE)
def train(request: HttpRequest) -> HttpResponse:
    """Have a version trained by a worker."""
    actions.ask_training(by=_reader(request))
    return HttpResponseRedirect(reverse("triage:home"))


@require_POST
@pages.with_duty(duties.EDIT_CATALOGUE)
def activate(request: HttpRequest, key: int) -> HttpResponse:
    """Put a version in force."""
    actions.activate(_model(key), by=_reader(request))
    return HttpResponseRedirect(reverse("triage:home"))


@require_POST
@pages.with_duty(duties.EDIT_CATALOGUE)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a version out of force."""
    actions.withdraw(_model(key), by=_reader(request))
    return HttpResponseRedirect(reverse("triage:home"))


MOST_VERSIONS = 20
COLUMNS = [
    tables.Column("标签 Label", lambda row: row.label),
    tables.Column("名称 Name", lambda row: row.name),
    tables.Column("查准率 Precision", lambda row: row.precision),
    tables.Column("查全率 Recall", lambda row: row.recall),
    tables.Column("检验数 Tested", lambda row: row.tested),
    tables.Column("采纳首选 First taken", lambda row: row.first),
    tables.Column("采纳其余 Other taken", lambda row: row.second),
    tables.Column("更正 Corrected", lambda row: row.corrected),
]


def _rows(request: HttpRequest, model: Model | None, target: str) -> Sequence[presenting.Row]:
    return presenting.rows(model, target, order=request.GET.get("order", ""))


def _asked(request: HttpRequest) -> Model | None:
    key = request.GET.get("version", "")
    if key.isascii() and key.isdigit() and len(key) < 10:
        return _model(int(key))
    return queries.in_force() or queries.versions().filter(state=queries.State.READY).first()


def _model(key: int) -> Model:
    row = queries.versions().filter(pk=key).first()
    if row is None:
        raise NotFound
    return row


def _target(request: HttpRequest) -> str:
    asked = request.GET.get("target", "")
    return asked if asked in queries.TARGETS else queries.TARGETS[0]


def _said(request: HttpRequest) -> str:
    """Return the words typed so far; what cannot be kept is nothing to suggest for."""
    given = request.POST.get("words") or request.POST.get("description", "")
    try:
        return clean_line(clean_text(given[:2000]), max_length=2000)
    except Refused:
        return ""


def _degrees(request: HttpRequest, name: str, most: int) -> float | None:
    try:
        value = float(request.POST.get(name, ""))
    except ValueError:
        return None
    return value if abs(value) <= most else None


def _scope(request: HttpRequest) -> organisation.Scope:
    return cast(organisation.Scope, request.scope)  # type: ignore[attr-defined]  # by middleware


def _reader(request: HttpRequest) -> User:
    return cast(User, request.user)
