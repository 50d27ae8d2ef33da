"""The duty plan as a week: who patrols which duty grid when; drawn here, or imported."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from wanmi.accounts import queries as accounts
from wanmi.accounts.queries import reader
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotFound, Refused
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm

from .. import actions, forms, queries
from .asking import day_of

duties = organisation.duties
WEEK = 7
MOST_SHIFTS = 1500


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(duties.SEE_PATROLS)
def plan(request: HttpRequest) -> HttpResponse:
    """Show a week of the plan, or enter shifts with its form."""
    scope = scope_in(request)
    form = forms.shift_form(scope) if scope.may(duties.LEAD_PATROLS) else None
    if request.method == "POST":
        organisation.require(scope, duties.LEAD_PATROLS)
        assert form is not None
        said = _planned(request, form)
        if said is not None:
            address = reverse("dispatch:plan") + f"?week={said['day']}"
            return HttpResponseRedirect(address)
    status = journal.status_of(form) if form else 200
    return pages.render(
        request, "dispatch/plan.html", {"form": form, **_week(request)}, status=status
    )


@require_POST
@pages.with_duty(duties.LEAD_PATROLS)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a shift off the plan."""
    rows = queries.Shift.objects.filter(scope_in(request).whole.within(duties.SEE_PATROLS))
    shift = rows.filter(pk=key).first()
    if shift is None:
        raise NotFound
    actions.withdraw_shift(shift, by=reader(request))
    day = timezone.localdate(shift.begins_at)
    return HttpResponseRedirect(reverse("dispatch:plan") + f"?week={day}")


def _planned(request: HttpRequest, form: SchemaForm) -> dict[str, Any] | None:
    def do(given: dict[str, Any]) -> dict[str, Any]:
        _plan_all(given, request)
        return {"day": given["day"]}

    try:
        return journal.take_form(request, form, do, by=reader(request))
    except Refused as refusal:
        form.errors.append(pages.sentence(refusal))
        return None


@journal.deed()
def _plan_all(given: dict[str, Any], request: HttpRequest) -> None:
    """Plan the same shift on some days in a row: all of them or none."""
    person = accounts.account(given["person"])
    known = queries.patrollers(scope_in(request))
    if person is None or not known.filter(pk=person.pk).exists():
        raise NotFound
    grid = actions.duty_grid(given["duty_grid"])
    first = datetime.fromisoformat(given["day"]).date()
    begins, ends = (_time(given[name]) for name in ("begins", "ends"))
    zone = timezone.get_current_timezone()
    for number in range(given.get("days") or 1):
        day = first + timedelta(days=number)
        last = day if ends > begins else day + timedelta(days=1)
        actions.plan_shift(
            person,
            grid,
            datetime.combine(day, begins, zone),
            datetime.combine(last, ends, zone),
            by=reader(request),
        )


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        raise Invalid("A time of day is written like 08:30.") from None


def _week(request: HttpRequest) -> dict[str, Any]:
    day = day_of(request, "week", timezone.localdate())
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=n) for n in range(WEEK)]
    found = list(queries.shifts(scope_in(request), days[0], days[-1])[:MOST_SHIFTS])
    people = {row.person_id: row.person for row in found}
    cells: dict[tuple[int, Any], list[queries.Shift]] = {}
    for row in found:
        cells.setdefault((row.person_id, timezone.localdate(row.begins_at)), []).append(row)
    ordered = sorted(people.values(), key=lambda person: (person.name, person.pk))
    return {
        "days": days,
        "today": timezone.localdate(),
        "rows": [
            {"person": person, "cells": [cells.get((person.pk, each), []) for each in days]}
            for person in ordered
        ],
        "before": days[0] - timedelta(days=WEEK),
        "after": days[0] + timedelta(days=WEEK),
        "may_lead": scope_in(request).may(duties.LEAD_PATROLS),
    }
