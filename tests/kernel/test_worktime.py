"""Limits end when the law says, and counting agrees with itself."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanmi.kernel import instants, worktime
from wanmi.kernel.worktime import Calendar, Lamp, Limit, LimitType, Override, Pause, Season, Span

CHINA = ZoneInfo("Asia/Shanghai")
CITY = Calendar()
WINTER_HOURS = (Span(time(8, 30), time(12)), Span(time(13, 30), time(17)))
SEASONAL = Calendar(seasons=(Season((11, 1), (3, 31), WINTER_HOURS),))
CALENDARS = (CITY, SEASONAL, Calendar(zone="America/New_York"))

# 2019 to 2029, announced years and computed ones, to the microsecond.
moments = st.integers(1_546_300_800 * 10**6, 1_893_456_000 * 10**6).map(
    lambda instant: instants.moment(instant).astimezone(CHINA)
)
kinds = st.sampled_from(LimitType)
limits = st.builds(
    Limit, st.decimals("0.05", "40", places=2, allow_nan=False, allow_infinity=False), kinds
)
calendars = st.sampled_from(CALENDARS)


def china(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CHINA)  # type: ignore[arg-type, misc]  # test shorthand


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        # Friday 2024-09-27; Sunday 29 is a make-up day, 1 to 7 October are off.
        ((2024, 9, 27, 16, 0), "2紧急工作时", (2024, 9, 27, 18, 0)),
        ((2024, 9, 27, 17, 0), "2紧急工作时", (2024, 9, 27, 19, 0)),
        ((2024, 9, 27, 17, 0), "4小时", (2024, 9, 29, 11, 0)),
        ((2024, 9, 30, 10, 0), "2天", (2024, 10, 9, 10, 0)),
        ((2024, 9, 30, 10, 0), "2自然日", (2024, 10, 2, 10, 0)),
        ((2024, 9, 30, 10, 0), "1紧急工作日", (2024, 10, 1, 10, 0)),
        ((2024, 9, 30, 8, 0), "1工作日", (2024, 9, 30, 18, 0)),
        ((2024, 9, 30, 8, 0), "4工作时", (2024, 9, 30, 12, 0)),
        ((2024, 9, 30, 12, 30), "4工作时", (2024, 9, 30, 18, 0)),
        ((2024, 10, 3, 3, 0), "1小时", (2024, 10, 8, 9, 0)),
        ((2024, 9, 30, 18, 0), "30分钟", (2024, 10, 8, 8, 30)),
    ],
)
def test_limits_end_on_the_working_calendar(
    start: tuple[int, ...], limit: str, due: tuple[int, ...]
) -> None:
    assert worktime.due_at(china(*start), worktime.parse_limit(limit), CITY) == china(*due)


@given(moments, limits, calendars)
def test_the_counted_time_until_due_is_the_limit(
    start: datetime, limit: Limit, calendar: Calendar
) -> None:
    due = worktime.due_at(start, limit, calendar)

    counted = worktime.elapsed(start, due, limit.kind, calendar)
    assert counted == pytest.approx(limit.seconds, abs=0.02)
    assert worktime.remaining(start, limit, due, calendar) == pytest.approx(0, abs=0.02)


@given(moments, moments, limits, calendars)
def test_who_starts_later_is_due_later(
    one: datetime, other: datetime, limit: Limit, calendar: Calendar
) -> None:
    early, late = sorted((one, other))

    assert worktime.due_at(early, limit, calendar) <= worktime.due_at(late, limit, calendar)


@given(moments, limits, calendars)
def test_a_limit_ends_in_working_time(start: datetime, limit: Limit, calendar: Calendar) -> None:
    due = worktime.due_at(start, limit, calendar)

    just_before = due - timedelta(microseconds=1)
    assert due > start
    assert limit.kind.is_continuous or calendar.is_open(just_before)


@given(st.tuples(moments, moments, moments), kinds, calendars)
def test_counted_stretches_add_up(
    points: tuple[datetime, datetime, datetime], kind: LimitType, calendar: Calendar
) -> None:
    first, middle, last = sorted(points)

    whole = worktime.elapsed(first, last, kind, calendar)
    parts = worktime.elapsed(first, middle, kind, calendar) + worktime.elapsed(
        middle, last, kind, calendar
    )
    assert parts == pytest.approx(whole, abs=0.001)
    assert 0 <= whole <= (last - first).total_seconds() * 8 / 7 + 1


@given(st.tuples(moments, moments, moments, moments), kinds)
def test_a_pause_takes_exactly_its_counted_time_out(
    points: tuple[datetime, datetime, datetime, datetime], kind: LimitType
) -> None:
    start, stop, resume, end = sorted(points)
    pauses = [Pause(stop, resume)]

    paused = worktime.elapsed(start, end, kind, CITY, pauses)
    assert paused == pytest.approx(
        worktime.elapsed(start, stop, kind, CITY) + worktime.elapsed(resume, end, kind, CITY),
        abs=0.001,
    )
    twice = [*pauses, Pause(stop, resume), Pause(stop, stop)]
    assert worktime.elapsed(start, end, kind, CITY, twice) == paused


def test_going_on_after_a_pause_keeps_the_remaining_time() -> None:
    start, stop, resume = china(2024, 9, 23, 9), china(2024, 9, 23, 11), china(2024, 9, 25, 15)
    limit = Limit(4, LimitType.WORK_HOUR)

    left = worktime.remaining(start, limit, stop, CITY)
    due = worktime.due_in(resume, left, limit.kind, CITY)

    assert left == 2 * 3600
    assert due == china(2024, 9, 25, 17)
    assert worktime.remaining(start, limit, due, CITY, [Pause(stop, resume)]) == 0


def test_remaining_goes_below_zero_when_over() -> None:
    limit = Limit(1, LimitType.WORK_HOUR)

    assert worktime.remaining(china(2024, 9, 23, 8), limit, china(2024, 9, 23, 10), CITY) == -3600


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ((2024, 9, 23, 8, 0), Lamp.GREEN),
        ((2024, 9, 23, 16, 23), Lamp.GREEN),
        ((2024, 9, 23, 16, 24), Lamp.YELLOW),
        ((2024, 9, 23, 18, 0), Lamp.YELLOW),
        ((2024, 9, 23, 18, 1), Lamp.RED),
    ],
)
def test_the_lamp_follows_the_counted_share(now: tuple[int, ...], expected: Lamp) -> None:
    start, limit = china(2024, 9, 23, 8), Limit(1, LimitType.WORK_DAY)
    due = worktime.due_at(start, limit, CITY)

    assert worktime.lamp(start, due, china(*now), limit.kind, CITY) is expected
    warned = worktime.warn_at(start, limit, CITY) <= china(*now)
    assert warned is (expected is not Lamp.GREEN)


def test_a_standing_clock_keeps_its_lamp() -> None:
    start, due = china(2024, 9, 23, 8), china(2024, 9, 23, 18)
    pauses = [Pause(china(2024, 9, 23, 10))]

    lamp = worktime.lamp(start, due, china(2024, 11, 1, 10), LimitType.WORK_DAY, CITY, pauses)

    assert lamp is Lamp.GREEN


def test_work_days_keep_the_time_of_day_on_short_days() -> None:
    start = china(2024, 11, 4, 10)

    assert worktime.due_at(start, Limit(2, LimitType.WORK_DAY), SEASONAL) == china(2024, 11, 6, 10)
    # Sixteen work hours are counted hour by hour: 5.5 h, then 7 h, then 3.5 h.
    hours = Limit(16, LimitType.WORK_HOUR)
    assert worktime.due_at(start, hours, SEASONAL) == china(2024, 11, 6, 12)


def test_a_season_may_run_over_new_year() -> None:
    season = SEASONAL.seasons[0]

    assert season.holds_on(date(2024, 12, 31))
    assert season.holds_on(date(2025, 3, 31))
    assert not season.holds_on(date(2025, 4, 1))


def test_a_dated_season_holds_once() -> None:
    season = Season(date(2024, 7, 1), date(2024, 8, 31), WINTER_HOURS)

    assert season.holds_on(date(2024, 7, 1))
    assert not season.holds_on(date(2025, 7, 1))


def test_an_override_wins_over_the_law() -> None:
    half_day = (Span(time(9), time(11)),)
    calendar = Calendar(
        overrides=(
            Override(date(2024, 10, 2), working=True, spans=half_day),
            Override(date(2024, 9, 30), working=False),
        )
    )

    due = worktime.due_at(china(2024, 9, 30, 9), Limit(2, LimitType.WORK_HOUR), calendar)

    assert due == china(2024, 10, 2, 11)


def test_work_until_midnight_is_possible() -> None:
    calendar = Calendar(hours=(Span(time(16), time(0)),))

    due = worktime.due_at(china(2024, 9, 23, 20), Limit(6, LimitType.WORK_HOUR), calendar)

    assert due == china(2024, 9, 24, 18)


def test_a_calendar_without_work_is_refused() -> None:
    with pytest.raises(worktime.NoWorkingTime):
        worktime.due_at(
            china(2024, 9, 23, 9),
            Limit(1, LimitType.WORK_DAY),
            Calendar(workday=lambda day: False),
        )


@pytest.mark.parametrize(
    "spans",
    [
        (Span(time(8), time(12)), Span(time(11), time(18))),
        (Span(time(14), time(18)), Span(time(8), time(12))),
        (Span(time(8), time(0)), Span(time(14), time(18))),
    ],
)
def test_hours_that_overlap_are_refused(spans: tuple[Span, ...]) -> None:
    with pytest.raises(worktime.UnusableCalendar):
        Calendar(hours=spans)


def test_hours_that_close_before_they_open_are_refused() -> None:
    with pytest.raises(worktime.UnusableCalendar):
        Span(time(12), time(8))


def test_results_are_in_utc_and_naive_moments_are_a_bug() -> None:
    due = worktime.due_at(china(2024, 9, 23, 9), Limit(1, LimitType.WORK_HOUR), CITY)

    assert due.tzinfo is UTC
    with pytest.raises(TypeError):
        worktime.due_at(
            datetime(2024, 9, 23, 9),  # noqa: DTZ001 - on purpose
            Limit(1, LimitType.WORK_HOUR),
            CITY,
        )


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("2紧急工作时", "2", LimitType.URGENT_HOUR),
        ("1紧急工作日", "1", LimitType.NATURAL_DAY),
        ("4小时", "4", LimitType.WORK_HOUR),
        ("４ 工作时", "4", LimitType.WORK_HOUR),
        ("2天", "2", LimitType.WORK_DAY),
        ("2个工作日", "2", LimitType.WORK_DAY),
        ("0.5天", "0.5", LimitType.WORK_DAY),
        ("3自然日", "3", LimitType.NATURAL_DAY),
        ("两天", "2", LimitType.WORK_DAY),
        ("半天", "0.5", LimitType.WORK_DAY),
        ("30分钟", "0.5", LimitType.WORK_HOUR),
        ("2UH", "2", LimitType.URGENT_HOUR),
        ("4WH", "4", LimitType.WORK_HOUR),
        ("5 work days", "5", LimitType.WORK_DAY),
        ("7CD", "7", LimitType.NATURAL_DAY),
        ("2 urgent_hour", "2", LimitType.URGENT_HOUR),
        ("2h", "2", LimitType.WORK_HOUR),
    ],
)
def test_limits_are_read_as_people_write_them(text: str, value: str, kind: LimitType) -> None:
    assert worktime.parse_limit(text) == Limit(Decimal(value), kind)


@given(limits)
def test_a_written_limit_reads_back(limit: Limit) -> None:
    assert worktime.parse_limit(str(limit)) == limit


@pytest.mark.parametrize("text", ["", "天", "2", "很快", "2 weeks", "-1天", "1e9天", "2天2天"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(worktime.UnreadableLimit):
        worktime.parse_limit(text)


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf"), 1e9, "x"])
def test_a_limit_is_positive_and_sensible(value: float | str) -> None:
    with pytest.raises(worktime.UnusableLimit):
        Limit(value, LimitType.WORK_DAY)


def test_due_moments_are_quick() -> None:
    start, limit = china(2024, 9, 23, 9), Limit(5, LimitType.WORK_DAY)
    worktime.due_at(start, limit, CITY)

    began = perf_counter()
    for _ in range(1000):
        worktime.due_at(start, limit, CITY)

    # Ten times the 50 µs aimed at: shared machines are noisy, a lost cache costs far more.
    assert perf_counter() - began < 0.5
