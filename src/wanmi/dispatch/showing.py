"""What the pages show, worked out so that templates only choose and repeat."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from wanmi.organisation import queries as organisation

from . import queries, words
from .limits import Limits, standing


def alarm(row: queries.Alarm) -> dict[str, Any]:
    """Return an alarm as lists show it."""
    return {
        "row": row,
        "word": queries.AlarmState(row.state).label,
        "look": words.ALARM_LOOKS[row.state],
        "is_open": row.state == queries.AlarmState.OPEN,
    }


def now(scope: organisation.Scope, moment: datetime) -> dict[str, Any]:
    """Return who is on duty and which alarms are open, as the command desk shows them."""
    limits = standing(timezone.localdate(moment))
    people = [person(each, limits, moment) for each in queries.on_duty(scope)]
    people.sort(key=lambda each: (-_RANKS[each["lamp"]], each["stint"].person.name))
    alarms = [alarm(row) for row in queries.open_alarms(scope)]
    today = timezone.localdate(moment)
    return {
        "people": people,
        "alarms": alarms,
        "unanswered": [each["row"].pk for each in alarms if each["is_open"]],
        "lapses": [words.lapse(row) for row in queries.lapses(scope, today, today)[:8]],
        "silent": sum(each["lamp"] == "overdue" for each in people),
        "resting": sum(each["lamp"] == "paused" for each in people),
        "may_lead": scope.may(organisation.duties.LEAD_PATROLS),
    }


_RANKS = {"in_time": 0, "paused": 1, "soon": 2, "overdue": 3}


def person(each: queries.OnDuty, limits: Limits, moment: datetime) -> dict[str, Any]:
    """Return somebody on duty with the lamp of their last contact.

    Green while positions come, yellow from half the city's silence on, red beyond it, grey
    in a break.
    """
    heard = each.place.at if each.place else each.stint.signed_on_at
    quiet = timedelta(minutes=limits.silence_minutes)
    lamp = "in_time"
    if each.on_break_since:
        lamp = "paused"
    elif moment - heard > quiet:
        lamp = "overdue"
    elif moment - heard > quiet / 2:
        lamp = "soon"
    return {
        "stint": each.stint,
        "place": each.place,
        "heard_at": heard,
        "lamp": lamp,
        "resting_since": each.on_break_since,
        "outside": (each.stint.on_distance_m or 0) > limits.outside_m,
    }


def shift(row: queries.Shift, attendance: Any) -> dict[str, Any]:
    """Return a shift with how it was kept."""
    return {
        "row": row,
        "kept": attendance,
        "word": words.ATTENDANCE[attendance.state],
        "look": words.ATTENDANCE_LOOKS[attendance.state],
    }
