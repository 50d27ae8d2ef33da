"""Counting several lists of rows in one statement."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_together(lists: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each list holds, by its key; one statement however many they are."""
    asked: dict[str, tuple[str, tuple[Any, ...]]] = {}
    for key, rows in lists.items():
        try:
            plain = rows if rows.query.is_sliced else rows.order_by()
            asked[key] = plain.values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
    numbers = dict.fromkeys(lists, 0)
    if asked:
        # Django wrote each of them, and keeps what was given apart.
        counts = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) rows)" for sql, _ in asked.values())  # noqa: S608
        given = [value for _, params in asked.values() for value in params]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts}", given)  # Django's own statements
            numbers |= dict(zip(asked, cursor.fetchone(), strict=True))
    return numbers
