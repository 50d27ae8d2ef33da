"""`./wanmi import cases`: what another system knows, row by row, through the room's own deed.

Fields: `number` (there), `origin`, `description`, `reported_at`, `state`, and
where known `ended_at`, `address`, `kind`, `category`, `source`, `lon`, `lat`.
"""

from datetime import UTC, datetime

from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.imports import Options, Record, Report, Source, read

from . import actions, words
from .models import Source as Sources
from .models import State
from .rules import ENDED

KIND = "cases"


class NumberTwice(Conflict):
    """The number %(number)s stands in line %(line)s already."""

    code = "number_twice"


class UnknownState(Invalid):
    """There is no state “%(state)s”; known are %(known)s."""

    code = "unknown_state"


class EndMissing(Invalid):
    """A case that has ended needs the time of its end."""

    code = "end_missing"


class NotEnded(Invalid):
    """The row has a time of end, but its state is an open one."""

    code = "not_ended"


class WrongTimes(Invalid):
    """The times cannot be: reported %(reported)s, ended %(ended)s."""

    code = "wrong_times"


class SeveralOrigins(Invalid):
    """One file is of one origin; here are %(first)s and %(second)s."""

    code = "several_origins"


def load(source: Source, options: Options) -> Report:
    """Take over the cases of a file; a number known already changes nothing."""
    report = Report(KIND)
    found: dict[str, tuple[int, actions.ForeignCase]] = {}
    origins: set[str] = set()
    classes = actions.Classes()
    for record in read(source, options, report):
        try:
            case = _case(record)
            classes.values(case)
            _require_one_origin(origins, record.text("origin", required=True, max_length=40))
            if case.key in found:
                raise NumberTwice(number=case.key, line=found[case.key][0])
            found[case.key] = (record.line, case)
        except (Invalid, Conflict) as refused:
            report.reject(record.line, refused)
    if found:
        _take(report, origins.pop(), found, options)
    return report


def _take(
    report: Report, origin: str, found: dict[str, tuple[int, actions.ForeignCase]], options: Options
) -> None:
    cases = [case for _, case in found.values()]
    rejected = len(report.rejected)
    taken = actions.take_over(origin, cases, rejected=rejected, by=options.actor)
    report.accepted, report.unchanged = taken.new, len(taken.known)
    for line, case in found.values():
        if case.key in taken.unlocated:
            where = (
                "The row has no place."
                if case.lon is None
                else "The point lies in none of our unit grids."
            )
            report.leave_unlocated(line, where)


def _case(record: Record) -> actions.ForeignCase:
    state = record.text("state", required=True)
    if state not in State.values:
        raise UnknownState(state=state, known=", ".join(State.values))
    point = record.point() or (None, None)
    case = actions.ForeignCase(
        key=record.text("number", required=True, max_length=80),
        description=record.text("description", required=True, max_length=5000, multiline=True),
        reported_at=_moment(record, "reported_at"),
        ended_at=record.moment("ended_at"),
        state=state,
        source=_source(record),
        address=record.text("address", max_length=256),
        kind=record.text("kind", max_length=5),
        category=record.text("category", max_length=20),
        lon=point[0],
        lat=point[1],
    )
    _require_sound_times(case)
    return case


def _moment(record: Record, name: str) -> datetime:
    moment = record.moment(name, required=True)
    assert moment is not None  # required
    return moment


def _source(record: Record) -> str:
    source = record.text("source") or Sources.IMPORT
    if words.SOURCES.get(source) is None:
        raise actions.UnknownSource(source=source)
    return source


def _require_sound_times(case: actions.ForeignCase) -> None:
    if (case.state in ENDED) != (case.ended_at is not None):
        raise EndMissing if case.state in ENDED else NotEnded
    ended = case.ended_at or datetime.now(UTC)
    if not case.reported_at <= ended <= datetime.now(UTC):
        raise WrongTimes(reported=str(case.reported_at), ended=str(case.ended_at or ""))


def _require_one_origin(origins: set[str], origin: str) -> None:
    first = min(origins, default=origin)
    if origin != first:
        raise SeveralOrigins(first=first, second=origin)
    origins.add(origin)
