"""The public's figures: counts of a year, and nothing that points at anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client

from tests.town import INSIDE, Town
from wanmi.intake import actions as intake
from wanmi.portal import figures

GARBAGE = intake.CaseDetails("event", "06001")


def brought(days_ago: float, *, answered_by: Any = None, **more: Any) -> None:
    at = datetime.now(UTC) - timedelta(days=days_ago)
    row = intake.receive("portal", "路口有垃圾", place=intake.Place(*INSIDE), at=at, **more)
    if answered_by is not None:
        intake.answer(row, "已清理", by=answered_by, at=at + timedelta(hours=30))
        intake.rate(row, "satisfied")


def test_matters_are_counted_by_class_month_street_and_answer(town: Town) -> None:
    brought(2, details=GARBAGE)
    brought(3, answered_by=town.acceptor)
    brought(500)

    found = figures.figures()

    assert (found.received, found.answered, found.satisfied_percent) == (2, 1, 100)
    assert sum(bar.number for bar in found.months) == 2
    assert [(bar.label, bar.number) for bar in found.categories] == [("暴露垃圾", 1)]
    assert [(bar.label, bar.number) for bar in found.streets] == [("桥头街道", 2)]
    assert [bar.number for bar in found.within] == [0, 1, 1, 1]


def test_the_page_is_there_for_an_empty_city(db: None) -> None:
    page = Client(headers={"Accept-Language": "zh-hans"}).get("/public/numbers")

    assert page.status_code == 200
    assert "暂无数据" in page.content.decode()


def test_the_figures_cost_the_same_for_many(town: Town, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        brought(1, details=GARBAGE)

    with django_assert_max_num_queries(8):
        Client().get("/public/numbers")
