"""What pages show of cases and tasks, worked out so that templates only choose and repeat."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from wanmi.evidence.queries import Evidence
from wanmi.geography import queries as geography
from wanmi.workflow import queries as workflow
from wanmi.workflow.queries import either, person

from . import queries, words
from .control.queries import check_window
from .models import Case


@dataclass(frozen=True)
class Row:
    """A case in a list."""

    case: Case
    title: str
    place: str
    lamp: str
    due_at: datetime | None
    state: str


@dataclass(frozen=True)
class Piece:
    """A photograph or recording as the media component shows it."""

    url: str
    thumb: str
    kind: str
    label: str
    at: datetime


@dataclass(frozen=True)
class ClockLine:
    """A clock of a post, a stage or the whole case: running, paused or stopped."""

    level: str
    stage: str
    limit: str
    due_at: datetime
    lamp: str
    is_running: bool
    is_overdue: bool
    is_paused: bool


@dataclass(frozen=True)
class Whole:
    """Everything the page of a case shows."""

    row: Row
    area: list[str]
    department: str
    delegate: str
    rule: str
    check_window: str
    closing: str
    source: str
    moments: list[workflow.Moment]
    clocks: list[ClockLine]
    pieces: list[Piece]
    before: Piece | None
    after: Piece | None
    waiting: list[workflow.Task]
    passed: list[str] = field(default_factory=list)

    @property
    def current(self) -> list[str]:
        """Return the steps of the drawing the case waits at."""
        return [task.step for task in self.waiting]

    @property
    def steps(self) -> list[str]:
        """Return the steps of the drawing that wait, without what stands beside it."""
        return [task.step for task in self.waiting if not task.request]

    @property
    def running(self) -> list[ClockLine]:
        """Return the clocks that run now: the post's, the department's, the whole case's."""
        return [clock for clock in self.clocks if clock.is_running]

    @property
    def mark(self) -> str:
        """Return the place as the map reads it: "lon,lat" in degrees, empty when nowhere."""
        case = self.row.case
        return f"{case.lon},{case.lat}" if case.lon is not None else ""


def rows(cases: Iterable[Case]) -> list[Row]:
    """Return the lines of a list of cases."""
    found = list(cases)
    places = _places(found)
    return [_row(case, places[case.area_path]) for case in found]


def line_of(row: Row) -> workflow.Line:
    """Return how a case looks in a list."""
    case = row.case
    badges = [
        (bool(case.is_urgent), gettext("Urgent"), "bad"),
        (bool(case.rework_count), gettext("Rework"), "warn"),
        (not case.is_located, gettext("Not located"), "warn"),
    ]
    return workflow.Line(
        key=str(case.pk),
        number=case.number,
        title=row.title,
        words=case.description,
        place=row.place,
        link=reverse("cases:case", args=[case.number]),
        at=case.reported_at,
        state=row.state,
        phase=case.phase,
        lon=case.lon,
        lat=case.lat,
        is_astray=not case.is_located,
        badges=[(words, kind) for holds, words, kind in badges if holds],
        about={"case": case.number},
    )


def cards(cases: Iterable[Case]) -> list[workflow.Row]:
    """Return cases as the cards of a list that is no inbox."""
    return [_card(row) for row in rows(cases)]


def _card(row: Row) -> workflow.Row:
    line = line_of(row)
    return workflow.Row(line, line.link, lamp=row.lamp, due_at=row.due_at)


def case_key(subject: str) -> int:
    """Return the key of the case a subject ("case:12") names."""
    return int(subject.partition(":")[2])


def whole(case: Case) -> Whole:
    """Return what the page of a case shows."""
    known = queries.whole(case)
    pieces = {piece.id: _piece(piece) for piece in known.media}
    return Whole(
        row=rows([case])[0],
        area=[_area_name(name) for name in geography.names_of(case.area_path)[1:]],
        department=_body_name(case.department),
        delegate=_body_name(case.delegate),
        rule=_rule(case),
        check_window=_check_window(case),
        closing=either(case.rule.get("closing_zh", ""), case.rule.get("closing_en", "")),
        source=_source(case),
        moments=_moments(known, pieces),
        clocks=[_clock(clock) for clock in known.clocks],
        pieces=list(pieces.values()),
        before=_last_picture(known.media, pieces, {"report", "before", "verify"}),
        after=_last_picture(known.media, pieces, {"after", "check"}),
        waiting=known.tasks,
        passed=sorted({line.step for line in known.flow if line.operation == "forward"}),
    )


def limit_words(value: str, kind: str) -> str:
    """Return a time limit as people say it: "4 working hours"."""
    number = f"{float(value):g}"
    return str(words.LIMITS.get(kind, "%(n)s")) % {"n": number}


def _row(case: Case, place: str) -> Row:
    lamp = workflow.lamp_of(case.due_at, case.warn_at) if case.ended_at is None else None
    return Row(
        case=case,
        title=either(case.category_zh, case.category_en) or case.description[:40],
        place=case.address or place,
        lamp=lamp.value if lamp else "",
        due_at=case.due_at if case.ended_at is None else None,
        state=words.word(words.STATES, case.state),
    )


def _places(cases: Iterable[Case]) -> dict[str, str]:
    """Return "street · community" of each area path, in one question."""
    named = geography.names_of_many({case.area_path for case in cases})
    return {
        path: " · ".join(
            _area_name(name) for name in names if name.kind in ("district", "street", "community")
        )
        for path, names in named.items()
    }


def _area_name(name: geography.AreaName) -> str:
    return either(name.name_zh, name.name_en)


def _body_name(body: Any) -> str:
    return either(body.name_zh, body.name_en) if body else ""


def _rule(case: Case) -> str:
    rule = case.rule
    if not rule:
        return ""
    limit = limit_words(rule["limit_value"], rule["limit_type"])
    if rule.get("control_zh"):
        limit = f"{limit}（{rule['control_zh']}）"
    condition = either(rule.get("condition_zh", ""), rule.get("condition_en", ""))
    return f"{condition} · {limit}" if condition else limit


def _check_window(case: Case) -> str:
    """Return between which times of day an open case must be checked."""
    now = datetime.now(UTC)
    window = check_window(case, now) if case.ended_at is None else None
    if window is None:
        return ""
    start, end = (timezone.localtime(each) for each in (window.start, window.end))
    return f"{start:%H:%M}–{end:%H:%M}"


def _clock(clock: workflow.Clock) -> ClockLine:
    running = clock.stopped_at is None
    lamp = workflow.lamp_of(clock.due_at, clock.warn_at) if running else None
    stage = words.word(words.STAGES, clock.stage)
    return ClockLine(
        level=words.word(words.LEVELS, clock.level),
        stage=f"{stage} · {_body_name(clock.body)}" if clock.body else stage,
        limit=limit_words(str(clock.limit_value), clock.limit_type),
        due_at=clock.due_at,
        lamp=lamp.value if lamp else "",
        is_running=running,
        is_overdue=clock.is_overdue,
        is_paused=clock.paused_at is not None and running,
    )


def _piece(piece: Evidence) -> Piece:
    kind = piece.content_type.partition("/")[0]
    return Piece(
        url=piece.display_url,
        thumb=piece.thumbnail_url,
        kind=kind if kind in {"image", "video", "audio"} else "file",
        label=words.word(words.PURPOSES, piece.purpose),
        at=piece.attached_at,
    )


def _last_picture(
    media: Iterable[Evidence], pieces: dict[int, Piece], purposes: set[str]
) -> Piece | None:
    found = [pieces[each.id] for each in media if each.purpose in purposes and each.is_picture]
    return found[-1] if found else None


def _moments(known: queries.WholeCase, pieces: dict[int, Piece]) -> list[workflow.Moment]:
    reported = [pieces[each.id] for each in known.media if each.purpose == "report"]
    case = known.case
    lines = [
        workflow.moment(line, words.STEP_PHASES.get(line.step, ""), words.OPERATIONS)
        for line in known.flow
    ]
    first = workflow.Moment(
        title=str(words.REPORTED),
        at=case.reported_at,
        actor=person(case.reported_by),
        phase="collection",
        media=reported,
    )
    return [*reversed([first, *lines])]


def _source(case: Case) -> str:
    """Return where a case came from, as that was called on the day."""
    day = timezone.localdate(case.reported_at)
    try:
        return words.SOURCES.named(case.source, day)
    except KeyError:
        return case.source
