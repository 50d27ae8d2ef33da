"""Telling people of clocks that turned: one sentence each, or one number where there are many."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from wanmi.journal.events import Entry, listen
from wanmi.notices import actions as notices
from wanmi.notices import queries as inboxes
from wanmi.workflow import actions
from wanmi.workflow import events as workflow
from wanmi.workflow import queries as tasks

from . import words

MOST_SINGLE = 3
"""As many clocks of one sweep are told one by one; more are told as a number."""

SOON = gettext_noop("%(stage)s of %(sort)s %(number)s is due soon, at %(due)s.")
OVER = gettext_noop("%(stage)s of %(sort)s %(number)s is overdue since %(due)s.")
LATE = gettext_noop("%(stage)s of %(sort)s %(number)s has used %(percent)s %% of its limit.")
MANY = gettext_noop("%(overdue)s limits have run out, %(soon)s run out soon.")


@listen(workflow.ClocksTurned, name="cases.tell_turned")
def tell_turned(entry: Entry) -> None:
    """Tell those whom the city's steps of escalation name, each share of a limit once."""
    calls = actions.escalate(entry.data["clocks"], at=entry.at)
    concerned = _by_person(calls)
    quiet = inboxes.quiet_until(concerned, entry.at)
    single: dict[int, list[int]] = defaultdict(list)
    many: dict[tuple[datetime | None, str], dict[int, dict[str, int]]] = defaultdict(dict)
    for user, own in concerned.items():
        ends = quiet.get(user)
        if ends is None and len(own) <= MOST_SINGLE and not entry.data.get("is_large"):
            for call in own:
                single[call.clock].append(user)
        else:
            many[(ends, _list(user, own))][user] = _numbers(own)
    _tell_single([call for call in calls if call.clock in single], single, entry.at)
    for (ends, link), numbers in many.items():
        notices.gather(
            numbers,
            kind="clocks_turned",
            message=MANY,
            link=link,
            subject=f"clocks:{link}",
            shown_from=ends,
            at=ends or entry.at,
        )


def _by_person(calls: Iterable[actions.Call]) -> dict[int, list[actions.Call]]:
    """Return what concerns each person: of one case only the clock that presses most."""
    found: dict[int, dict[str, actions.Call]] = defaultdict(dict)
    for call in calls:
        for user in call.people:
            known = found[user].get(call.task.subject)
            if known is None or _pressing(call) > _pressing(known):
                found[user][call.task.subject] = call
    return {user: list(own.values()) for user, own in found.items()}


def _pressing(call: actions.Call) -> tuple[int, float]:
    """Order clocks: the larger share first, of equal ones the one due first."""
    return call.percent, -call.due_at.timestamp()


def _numbers(calls: list[actions.Call]) -> dict[str, int]:
    over = sum(call.is_over for call in calls)
    return {"overdue": over, "soon": len(calls) - over}


def _list(user: int, calls: list[actions.Call]) -> str:
    """Return the list to look at: one's own desk where all tasks are one's own."""
    if all(user in call.holders for call in calls):
        return f"{reverse('tasks:desk')}?tab=todo"
    lamp = "red" if any(call.is_over for call in calls) else "yellow"
    return f"{reverse('cases:list')}?open=yes&lamp={lamp}&sort=due"


def _tell_single(calls: list[actions.Call], people: dict[int, list[int]], at: datetime) -> None:
    lines = tasks.lines_of(tasks.rows_of([call.task for call in calls]))
    for call in calls:
        line, face = lines.get(call.task.subject), tasks.face_of(call.task.subject)
        if line is None:
            continue
        notices.tell(
            people[call.clock],
            kind="clock_turned",
            message=LATE if call.percent > 100 else OVER if call.is_over else SOON,
            params={
                "stage": _stage(call),
                "sort": {"zh": face.name_zh, "en": face.name_en},
                "number": line.number,
                "percent": call.percent,
                "due": timezone.localtime(call.due_at).strftime("%m-%d %H:%M"),
            },
            link=line.link,
            subject=f"clock:{call.clock}",
            at=at,
        )


def _stage(call: actions.Call) -> dict[str, str]:
    """Return the name of what has a limit in both languages: the stage's, else the step's."""
    if call.stage not in words.STAGES:
        return {"zh": call.task.name_zh, "en": call.task.name_en}
    said = {}
    for language, code in (("zh", "zh-hans"), ("en", "en")):
        with override(code):
            said[language] = str(words.STAGES[call.stage])
    return said
