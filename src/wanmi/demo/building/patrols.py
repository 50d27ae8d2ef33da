"""The patrols of the demo city: who is planned for which duty grid, in the days to come."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.dispatch import actions as dispatch
from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation

DAYS_AHEAD = 6
BEGINS, ENDS = time(8, 0), time(20, 0)
FIRST_SHIFT = timedelta(hours=10)
"""Today's begins when the city does, so that somebody is on duty whenever it is looked at."""
MOST_PEOPLE = 8


def plan_patrols(*, at: datetime) -> int:
    """Plan the supervisors for a duty grid each; return how many people."""
    zone, today = timezone.get_current_timezone(), timezone.localdate(at)
    count = 0
    for person, grid in _pairs():
        dispatch.plan_shift(person, grid, at, at + FIRST_SHIFT, by=None, at=at)
        for number in range(1, DAYS_AHEAD + 1):
            day = today + timedelta(days=number)
            begin, end = (datetime.combine(day, moment, zone) for moment in (BEGINS, ENDS))
            if begin >= at + FIRST_SHIFT:
                dispatch.plan_shift(person, grid, begin, end, by=None, at=at)
        count += 1
    return count


def _pairs() -> Iterator[tuple[User, geography.Area]]:
    """Give people each a duty grid of their own area."""
    people = organisation.people(set(organisation.holders("supervisor", None, "")))
    free = sorted(people.values(), key=lambda person: person.username)
    for grid in geography.duty_grids()[:MOST_PEOPLE]:
        for person in free:
            if organisation.scope_of(person).may(organisation.duties.PATROL, grid.path):
                free.remove(person)
                yield person, grid
                break
