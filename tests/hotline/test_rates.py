"""The five rates are counted from calls and matters, and each leads to its rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.hotline.conftest import rings
from tests.town import INSIDE, STREET, Town
from wanmi.cases.models import Case
from wanmi.hotline import actions as hotline
from wanmi.hotline import rates
from wanmi.intake import actions as intake
from wanmi.organisation import queries as organisation

PLACE = intake.Place(*INSIDE)


@pytest.fixture
def lived(town: Town) -> Town:
    """Four calls: a case over its limit, an answered question, a silent one, a lost one."""
    now, agent = datetime.now(UTC), town.acceptor
    for number in ("case", "question", "silent"):
        hotline.answer(rings(number, agent=agent), by="telephone", at=now)
    case, question, silent = (rings(number) for number in ("case", "question", "silent"))
    report = hotline.Said("路口有垃圾", place=PLACE, category="event/06001")
    contact = hotline.file(report, call=case, by=agent)
    Case.objects.filter(pk=contact.case.pk).update(due_at=now - timedelta(days=1))
    asked = hotline.Said("能摆摊吗？", purpose="consultation", answer="可以。", place=PLACE)
    hotline.file(asked, call=question, by=agent)
    hotline.settle(silent, "silent", by=agent)
    hotline.end(rings("lost", agent=agent), by="telephone", at=now)
    return town


def counted(town: Town, area: str = "", *, days_ago: int = 0) -> dict[str, tuple[int, int]]:
    day = timezone.localdate() - timedelta(days=days_ago)
    scope = organisation.scope_of(town.duty_leader)
    found = rates.count_rates(scope, rates.Period(day, day), area)
    return {rate.code: (rate.met, rate.all) for rate in found}


def test_each_rate_is_counted(lived: Town) -> None:
    assert counted(lived) == {
        "answered": (3, 4),
        "recorded": (3, 3),
        "supervised": (0, 1),
        "replied": (0, 1),
        "consultation": (1, 1),
    }
    Case.objects.update(is_supervised=True)
    assert counted(lived)["supervised"] == (1, 1)


def test_a_period_and_an_area_narrow_what_is_counted(lived: Town) -> None:
    assert set(counted(lived, days_ago=1).values()) == {(0, 0)}
    assert counted(lived, STREET)["answered"] == (2, 2)
    assert set(counted(lived, "99/9901/990101/990101002/").values()) == {(0, 0)}


@pytest.mark.parametrize("code", rates.RATES)
def test_every_number_leads_to_its_rows(lived: Town, code: str) -> None:
    day = timezone.localdate()
    scope, period = organisation.scope_of(lived.duty_leader), rates.Period(day, day)
    found = {
        met: rates.rows_of(code, scope, period, met=met).count() for met in (True, False, None)
    }

    assert (found[True], found[None]) == counted(lived)[code]
    assert found[True] + found[False] == found[None]


def test_rates_and_rows_are_taken_along_without_who_called(lived: Town) -> None:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(lived.duty_leader)
    file = b"".join(client.get("/hotline/rates/export").streaming_content).decode()  # type: ignore[attr-defined]
    assert "接听率" in file
    assert "75.0" in file
    for code in rates.RATES:
        answer = client.get(f"/hotline/rates/{code}/export?met=yes")
        assert "13812345678" not in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert client.get("/hotline/rates/gossip").status_code == 404
    assert client.get("/hotline/rates?from=x&to=9999-99-99&area=%00").status_code == 200


def test_nothing_was_counted_shows_no_rate(town: Town) -> None:
    client = Client()
    client.force_login(town.leader)

    page = client.get("/hotline/rates").content.decode()
    assert page.count("–") >= 5
