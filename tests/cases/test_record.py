"""One's own record: what was reported and checked in a period, each number with its cases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cases import driving
from tests.town import MONDAY_MORNING
from wanmi.cases import record

NOW = MONDAY_MORNING + timedelta(hours=8)


def figures(user, period="today", now=NOW) -> dict[str, tuple[int, int | None]]:
    return {each.key: (each.count, each.of) for each in record.record_of(user.pk, period, now)}


def test_reports_and_their_valid_share_are_the_persons_own(town):
    filed = driving.to_dispatch(town)
    driving.report(town)

    mine = figures(town.supervisor)

    assert mine["report"] == (2, None)
    assert mine["valid"] == (1, 2)
    assert figures(town.acceptor)["report"] == (0, None)
    assert [case.pk for case in record.cases_of(town.supervisor.pk, "today", "valid", NOW)] == [
        filed.pk
    ]


def test_a_period_begins_at_midnight_of_the_city(town):
    driving.report(town)

    tomorrow = NOW + timedelta(days=1)
    assert figures(town.supervisor, "today", tomorrow)["report"] == (0, None)
    assert figures(town.supervisor, "month", tomorrow)["report"] == (1, None)
    assert figures(town.supervisor, "month", NOW + timedelta(days=20))["report"] == (0, None)


@pytest.mark.parametrize("address", ["/record?period=month&shown=valid", "/api/v1/me/record"])
def test_it_is_read_on_a_page_and_by_programs(town, client, django_assert_max_num_queries, address):
    driving.to_dispatch(town)
    client.force_login(town.supervisor)
    client.get(address)

    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
