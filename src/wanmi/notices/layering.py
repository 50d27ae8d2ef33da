"""The pages of layers of reminders, for administrators, and of one's own quiet hours."""

from datetime import date, time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import formats
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.organisation import queries as organisation
from wanmi.shell import pages

from . import actions, queries
from .models import ReminderLayer, Rhythm

DUTY = organisation.duties.EDIT_PROCEDURES
MOST_NAMES = 200


@require_safe
@pages.with_duty(DUTY)
def layers(request: HttpRequest) -> HttpResponse:
    """Show the layers with whom each reminds and when its turn comes."""
    roles = {role.code: role.name for role in organisation.roles()}
    subjects = {each.name: each.words for each in queries.subjects()}
    rows = [
        {
            "row": row,
            "about": subjects.get(row.about, row.about),
            "roles": [roles.get(code, code) for code in row.roles],
            "people": list(row.people.all()),
            "count": len(queries.recipients(row)),
            "rhythm": rhythm_of(row),
        }
        for row in queries.layers()
    ]
    return pages.render(request, "notices/layers.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty(DUTY)
def layer(request: HttpRequest, key: int | None = None) -> HttpResponse:
    """Make a layer, or change one."""
    row = ReminderLayer.objects.filter(pk=key).first() if key is not None else None
    if key is not None and row is None:
        raise NotFound
    if request.method != "POST":
        return pages.render(request, "notices/layer.html", _form(row, None))
    try:
        actions.set_layer(row, **_given(request.POST), by=reader(request))
    except Invalid as error:
        context = {**_form(row, request.POST), "error": pages.sentence(error)}
        return pages.render(request, "notices/layer.html", context, status=422)
    return HttpResponseRedirect(reverse("notices:layers"))


@require_POST
@pages.with_duty(DUTY)
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take a layer away."""
    actions.drop_layer(key, by=reader(request))
    return HttpResponseRedirect(reverse("notices:layers"))


@require_http_methods(["GET", "HEAD", "POST"])
@pages.with_duty()
def quiet(request: HttpRequest) -> HttpResponse:
    """Show or change when the reader is left in peace."""
    person = reader(request)
    context: dict[str, Any] = {"hours": queries.quiet_hours(person.pk)}
    if request.method == "POST":
        first, last = (_time(request.POST.get(name, "")) for name in ("from_time", "to_time"))
        if first is not None and last is not None:
            days_off = bool(request.POST.get("days_off"))
            actions.set_quiet_hours(by=person, from_time=first, to_time=last, days_off=days_off)
            return HttpResponseRedirect(reverse("notices:inbox"))
        context["error"] = pages.sentence(Invalid("Give times of day, such as 22:00."))
    status = 422 if "error" in context else 200
    return pages.render(request, "notices/quiet.html", context, status=status)


def rhythm_of(row: ReminderLayer) -> str:
    """Return how often a layer is reminded, in words."""
    day = ""
    if row.every == Rhythm.WEEK:
        day = dict(weekdays())[row.weekday]
    elif row.every == Rhythm.MONTH:
        day = str(row.month_day)
    words = [str(Rhythm(row.every).label), day, formats.time_format(row.at_time, "H:i")]
    return " ".join(filter(None, words))


def weekdays() -> list[tuple[int, str]]:
    """Return the days of the week in the reader's language, Monday first."""
    monday = date(2024, 1, 1)  # any Monday, for its name
    return [(day, formats.date_format(monday.replace(day=1 + day), "l")) for day in range(7)]


def _given(sent: QueryDict) -> dict[str, Any]:
    """Return what the form says; what cannot be read is refused by the action."""
    at_time = _time(sent.get("at_time", ""))
    if at_time is None:
        raise Invalid("Give times of day, such as 22:00.")
    names = sent.get("people", "").replace(",", " ").replace("，", " ").split()
    return {
        "name_zh": sent.get("name_zh", ""),
        "name_en": sent.get("name_en", ""),
        "about": sent.get("about", ""),
        "roles": sent.getlist("roles"),
        "people": names[:MOST_NAMES],
        "every": sent.get("every", ""),
        "weekday": _number(sent.get("weekday", "0")),
        "month_day": _number(sent.get("month_day", "1")),
        "at_time": at_time,
        "only_working_days": bool(sent.get("only_working_days")),
        "at_least": _number(sent.get("at_least", "1")),
        "is_active": bool(sent.get("is_active")),
    }


def _form(row: ReminderLayer | None, sent: QueryDict | None) -> dict[str, Any]:
    """Return what the form shows: what was sent, else the layer, else a new one."""
    chosen = sent.getlist("roles") if sent is not None else (row.roles if row else [])
    people = " ".join(user.username for user in row.people.all()) if row else ""
    return {
        "row": row,
        "values": sent if sent is not None else (row or ReminderLayer(at_time=time(8, 30))),
        "people": sent.get("people", "") if sent is not None else people,
        "chosen": chosen,
        "subjects": [(each.name, each.words) for each in queries.subjects()],
        "roles": [(role.code, role.name) for role in organisation.roles()],
        "rhythms": Rhythm.choices,
        "weekdays": weekdays(),
        "at_time": _shown_time(row, sent),
    }


def _shown_time(row: ReminderLayer | None, sent: QueryDict | None) -> str:
    if sent is not None:
        return sent.get("at_time", "")
    return row.at_time.strftime("%H:%M") if row else "08:30"


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
