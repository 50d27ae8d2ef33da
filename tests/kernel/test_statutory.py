"""Working days agree with the notices; years without one are computed and say so."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from wanmi.kernel import lunar, statutory


def test_every_day_agrees_with_the_notices(shared_data: Path) -> None:
    notices = sorted((shared_data / "data" / "holidays_cn").glob("20*.json"))
    assert len(notices) == 11

    # A notice may name days of the December before its own year.
    listed = {
        date.fromisoformat(row["date"]): not row["isOffDay"]
        for notice in notices
        for row in json.loads(notice.read_text("utf-8"))["days"]
    }
    for day in (day for year in range(2015, 2026) for day in days_of(year)):
        assert statutory.is_workday(day) is listed.get(day, day.weekday() < 5), day
        assert not statutory.is_provisional(day)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2024, 10, 1), False),
        (date(2024, 9, 29), True),  # a Sunday, made up for National Day
        (date(2024, 10, 12), True),  # a Saturday, made up too
        (date(2024, 10, 13), False),
        (date(2025, 1, 26), True),
    ],
)
def test_days_of_known_years(day: date, working: bool) -> None:
    assert statutory.is_workday(day) is working


def test_a_year_without_notice_is_provisional() -> None:
    days = [statutory.day(day) for day in days_of(2031)]

    assert all(day.provisional for day in days)
    assert not any(day.working for day in days if day.holiday)
    # 4 days from Wednesday to Saturday, and the Monday after for the Saturday.
    assert sum(day.holiday == "Spring Festival" for day in days) == 5
    assert sum(bool(day.holiday) for day in days) == 13 + given_back(2031)


def test_two_feasts_on_one_day_give_a_day_back() -> None:
    assert lunar.lunar_date(2031, 8, 15) == date(2031, 10, 1)
    assert [statutory.day(date(2031, 10, n)).holiday != "" for n in (1, 2, 3, 6)] == [True] * 4
    assert statutory.is_workday(date(2031, 10, 7))


def test_a_statutory_day_on_a_weekend_is_given_back_on_the_next_workday() -> None:
    assert date(2028, 1, 1).weekday() == 5
    assert statutory.day(date(2028, 1, 3)).holiday == "New Year's Day"
    assert not statutory.is_workday(date(2028, 1, 3))


def test_years_before_the_notices_are_computed_too() -> None:
    assert not statutory.is_workday(date(1999, 10, 1))
    assert statutory.is_provisional(date(1999, 10, 1))


@pytest.mark.parametrize(
    ("year", "spring", "boat", "autumn", "bright"),
    [
        (2004, date(2004, 1, 22), date(2004, 6, 22), date(2004, 9, 28), date(2004, 4, 4)),
        (2020, date(2020, 1, 25), date(2020, 6, 25), date(2020, 10, 1), date(2020, 4, 4)),
        (2023, date(2023, 1, 22), date(2023, 6, 22), date(2023, 9, 29), date(2023, 4, 5)),
        (2025, date(2025, 1, 29), date(2025, 5, 31), date(2025, 10, 6), date(2025, 4, 4)),
        (2026, date(2026, 2, 17), date(2026, 6, 19), date(2026, 9, 25), date(2026, 4, 5)),
        (2027, date(2027, 2, 6), date(2027, 6, 9), date(2027, 9, 15), date(2027, 4, 5)),
        # 2033: the year whose leap month (after the eleventh) many tables got wrong.
        (2033, date(2033, 1, 31), date(2033, 6, 1), date(2033, 9, 8), date(2033, 4, 4)),
        (2034, date(2034, 2, 19), date(2034, 6, 20), date(2034, 9, 27), date(2034, 4, 5)),
    ],
)
def test_feasts_fall_on_their_days(
    year: int, spring: date, boat: date, autumn: date, bright: date
) -> None:
    assert lunar.spring_festival(year) == spring
    assert lunar.lunar_date(year, 5, 5) == boat
    assert lunar.lunar_date(year, 8, 15) == autumn
    assert lunar.clear_and_bright(year) == bright


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def given_back(year: int) -> int:
    """Count feasts on weekends, which the law returns as working days."""
    return sum(1 for day in days_of(year) if statutory.day(day).holiday and day.weekday() >= 5)
