"""Changing the working calendar in the browser: the form, what it would move, doing it."""

import re
from datetime import date

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wanmi.accounts.queries import reader
from wanmi.kernel.errors import Invalid, NotAllowed, Refused
from wanmi.kernel.text import clean_line
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import duties, scope_in
from wanmi.shell import pages

from . import noticefile, yearly
from .actions import Change, Days, NewSeason, Notice, SeasonEnd, change_calendar, try_change
from .rules import Minutes

_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~]\s*(\d{1,2}):(\d{2})")
WORKING = {"off": False, "worked": True, "statutory": None}


class UnusableHours(Invalid):
    """Write working hours as in 08:00–12:00, 14:00–18:00."""

    code = "unusable_hours"


class NoSuchChange(Invalid):
    """Say what is to change: days, a new season or the end of one."""

    code = "no_such_change"


@require_POST
@pages.with_duty(duties.EDIT_CATALOGUE)
def change(request: HttpRequest) -> HttpResponseBase:
    """Show what a change would move, or do it once it was seen; a refusal stands in the form."""
    if not organisation.may_everywhere(scope_in(request), duties.EDIT_CATALOGUE):
        raise NotAllowed
    try:
        wanted = _wanted(request)
        if "apply" in request.POST:
            moved = change_calendar(wanted, by=reader(request))
        else:
            return _preview(request, _seen(wanted) | {"moved": try_change(wanted)})
    except Refused as error:
        return _preview(request, {"error": pages.sentence(error)}, status=error.status)
    said = ngettext(
        "The calendar is changed; %(n)d running clock has another deadline.",
        "The calendar is changed; %(n)d running clocks have another deadline.",
        moved,
    )
    response: HttpResponseBase = HttpResponseRedirect(_year_url(wanted))
    request.session["calendar_said"] = said % {"n": moved}
    return response


def _wanted(request: HttpRequest) -> Change:
    if request.POST.get("what") == "notice":
        return noticefile.read(_words(request))
    return read(request.POST)


def _words(request: HttpRequest) -> str:
    """Return the words of the chosen file, or those seen before that are sent again."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("notice", "")
    if not file.size or file.size > noticefile.MOST_BYTES:
        raise noticefile.NoNotice
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise noticefile.NoNotice from None


def _seen(change: Change) -> dict[str, object]:
    """Return what the preview of a notice names beside the clocks."""
    if not isinstance(change, Notice):
        return {}
    return {"notice": change, "news": change.news(), "words": noticefile.written(change)}


def read(sent: QueryDict) -> Change:
    """Read what was sent into a change. Raises Invalid."""
    what = sent.get("what", "")
    if what == "days" and sent.get("working", "") in WORKING:
        first = _day(sent, "first")
        last = _day(sent, "last") if sent.get("last") else first
        note = clean_line(sent.get("note", ""), max_length=120)
        return Days(first, last, WORKING[sent.get("working", "")], note)
    if what == "season":
        name = clean_line(sent.get("name_zh", ""), max_length=60)
        if not name:
            raise Invalid("Give the season a name.")
        last_day = _day(sent, "last") if sent.get("last") else None
        english = clean_line(sent.get("name_en", ""), max_length=80)
        return NewSeason(name, _day(sent, "first"), last_day, hours(sent.get("hours", "")), english)
    if what == "end" and sent.get("season", "").isdecimal():
        return SeasonEnd(int(sent.get("season", "")[:9]), _day(sent, "last"))
    raise NoSuchChange


def hours(text: str) -> list[Minutes]:
    """Read "08:00–12:00, 14:00–18:00" into minutes since midnight. Raises UnusableHours."""
    found = [tuple(map(int, each)) for each in _HOURS.findall(text)]
    if not found or re.sub(r"[\s,，;；、]", "", _HOURS.sub("", text)):
        raise UnusableHours
    return [(a * 60 + b, c * 60 + d) for a, b, c, d in found]


def _day(sent: QueryDict, name: str) -> date:
    try:
        day = date.fromisoformat(sent.get(name, ""))
    except ValueError:
        raise Invalid("Name a day, such as 2026-11-30.") from None
    if not yearly.FIRST <= day.year <= yearly.LAST:
        raise Invalid("Name a day, such as 2026-11-30.")
    return day


def _year_url(change: Change) -> str:
    if isinstance(change, Notice):
        return f"{reverse('catalogue:calendar')}?year={change.year}"
    day = change.on if isinstance(change, SeasonEnd) else change.first
    return f"{reverse('catalogue:calendar')}?year={day.year}"


def _preview(
    request: HttpRequest, found: dict[str, object], *, status: int = 200
) -> HttpResponseBase:
    context = {"sent": request.POST.dict(), **found}
    return pages.render(request, "catalogue/preview.html", context, part="preview", status=status)
