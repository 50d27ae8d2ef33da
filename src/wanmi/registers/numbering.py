"""Giving sequence numbers: per division and class, ascending, never again."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import connection

ClassInDivision = tuple[str, int]
"""Division code and key of the class."""


def take_numbers(wanted: Counter[ClassInDivision]) -> dict[ClassInDivision, int]:
    """Reserve so many numbers of each; return the first of each."""
    return {key: _raise_by(key, count) - count + 1 for key, count in sorted(wanted.items())}


def note_numbers(given: Iterable[tuple[str, int, int]]) -> None:
    """Take note of numbers that came from outside, so that they are not given again."""
    highest: dict[ClassInDivision, int] = defaultdict(int)
    for division, category, number in given:
        highest[division, category] = max(highest[division, category], number)
    for key, number in sorted(highest.items()):
        _raise_to(key, number)


def _raise_by(key: ClassInDivision, count: int) -> int:
    # One statement, so that two surveys entered at once never get the same number.
    return _run(
        "INSERT INTO registers_partnumber (division_code, category_id, last) VALUES (%s, %s, %s)"
        " ON CONFLICT (division_code, category_id)"
        " DO UPDATE SET last = registers_partnumber.last + excluded.last RETURNING last",
        [*key, count],
    )


def _raise_to(key: ClassInDivision, number: int) -> int:
    return _run(
        "INSERT INTO registers_partnumber (division_code, category_id, last) VALUES (%s, %s, %s)"
        " ON CONFLICT (division_code, category_id) DO UPDATE SET last = CASE"
        " WHEN excluded.last > registers_partnumber.last THEN excluded.last"
        " ELSE registers_partnumber.last END RETURNING last",
        [*key, number],
    )


def _run(statement: str, values: list[str | int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])
