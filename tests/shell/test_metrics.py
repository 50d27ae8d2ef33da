"""Operators see what the city does; nobody else sees it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import town as towns
from tests.town import INSIDE
from wanmi.cases import actions as cases
from wanmi.journal import actions as journal
from wanmi.workflow.models import Clock


def figures(**more: Any) -> dict[str, float]:
    answer = Client(**more).get("/metrics")
    assert answer.status_code == 200
    lines = re.findall(r"^(wanmi_[^ ]+) (\S+)$", answer.content.decode(), re.M)
    return {name: float(value) for name, value in lines}


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_status_never_by_path() -> None:
    name = 'wanmi_requests_total{method="GET",route="/sign-in",status="200"}'
    before = figures().get(name, 0)

    Client().get("/sign-in")
    Client().get("/invented/by/somebody")
    after = figures()

    assert after[name] == before + 1
    assert 'wanmi_requests_total{method="GET",route="unknown",status="404"}' in after
    assert not [each for each in after if "invented" in each]
    assert after['wanmi_request_seconds_count{route="/sign-in"}'] >= 1


@pytest.mark.django_db
def test_what_lags_and_what_is_late_is_told() -> None:
    town = towns.build()
    cases.report("垃圾", lon=INSIDE[0], lat=INSIDE[1], by=town.supervisor)
    Clock.objects.update(due_at=timezone.now() - timedelta(hours=1))
    journal.schedule("journal.hear_again", due_at=timezone.now() - timedelta(minutes=5))

    told = figures()

    assert told["wanmi_journal_entries"] > 0
    assert max(v for k, v in told.items() if k.startswith("wanmi_listener_behind{")) > 0
    assert told['wanmi_jobs{state="due"}'] == 1
    assert told["wanmi_job_wait_seconds"] >= 300
    assert told["wanmi_clocks_late"] == told["wanmi_clocks_running"] >= 1
    assert told["wanmi_tasks_open"] == 1
    assert told["wanmi_database_bytes"] > 100_000
    assert "wanmi_live_streams" in told


@pytest.mark.django_db
def test_without_a_token_only_this_machine_may_look() -> None:
    assert Client(REMOTE_ADDR="203.0.113.5").get("/metrics").status_code == 403
    proxied = Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "127.0.0.1"})
    assert proxied.get("/metrics").status_code == 403


@pytest.mark.django_db
def test_with_a_token_who_carries_it_may_look_from_anywhere(settings: Any) -> None:
    settings.METRICS_TOKEN = "a-token"

    assert Client().get("/metrics").status_code == 403
    assert Client(headers={"authorization": "Bearer other"}).get("/metrics").status_code == 403
    assert figures(REMOTE_ADDR="203.0.113.5", headers={"authorization": "Bearer a-token"})
