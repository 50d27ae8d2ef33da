"""Clocks turn yellow and red once, whoever sweeps and however late."""

import threading
from collections import Counter

import pytest
from django.db import connection

from tests import town as towns
from tests.cases.driving import later, to_handling
from wanmi.catalogue import actions as catalogue
from wanmi.journal.models import JournalEntry
from wanmi.workflow import actions as workflow
from wanmi.workflow.actions import sweeping
from wanmi.workflow.models import Clock

MONTH = 40 * 24 * 60
"""Minutes after which both clocks of a case in handling are over."""


def turned(lamp):
    rows = JournalEntry.objects.filter(kind="workflow.ClocksTurned").order_by("number")
    keys = [key for row in rows if row.data["lamp"] == lamp for key in row.data["clocks"]]
    stages = dict(Clock.objects.filter(pk__in=keys).values_list("pk", "stage"))
    return [(key, stages[key]) for key in keys]


def handling_clock():
    return Clock.objects.get(stage="handling")


def test_a_lamp_turns_yellow_at_four_fifths_and_red_when_due(town):
    to_handling(town)
    clock = handling_clock()

    workflow.sweep(later(16))
    assert turned("yellow") == []
    workflow.sweep(clock.warn_at)
    workflow.sweep(clock.due_at)

    assert [item[1] for item in turned("yellow")] == ["handling"]
    assert [item[1] for item in turned("red")] == ["handling"]
    clock.refresh_from_db()
    assert clock.is_overdue


def test_no_lamp_turns_twice(town):
    to_handling(town)

    first, second = workflow.sweep(later(MONTH)), workflow.sweep(later(MONTH))

    assert (first, second) == (2, 0)


def test_a_downtime_is_caught_up_by_one_turn_for_each_clock(town):
    to_handling(town)

    workflow.sweep(later(MONTH))

    assert sorted(item[1] for item in turned("red")) == ["handling", "whole"]
    assert turned("yellow") == []


def test_a_paused_clock_never_turns(town):
    case = to_handling(town)
    Clock.objects.filter(instance__subject=f"case:{case.pk}").update(paused_at=later(20))

    assert workflow.sweep(later(MONTH)) == 0


def test_a_new_calendar_moves_running_clocks_only(town):
    to_handling(town)
    stopped = {clock.pk: clock.due_at for clock in Clock.objects.exclude(stage="handling")}
    before = handling_clock().due_at

    catalogue.enter_day(later(0).date(), is_working=False, note="停电", by=None)
    moved = workflow.follow_calendar(at=later(30))

    assert moved == 1
    assert handling_clock().due_at > before
    assert {clock.pk: clock.due_at for clock in Clock.objects.exclude(stage="handling")} == stopped


@pytest.mark.parametrize("batch", [1, 2])
def test_batches_do_not_lose_a_clock(town, monkeypatch, batch):
    monkeypatch.setattr(sweeping, "BATCH", batch)
    for _ in range(3):
        to_handling(town)

    assert workflow.sweep(later(MONTH)) == 6


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_clocks_and_none_turns_twice(monkeypatch):
    town = towns.build()
    monkeypatch.setattr(sweeping, "BATCH", 2)
    for _ in range(4):
        to_handling(town)
    counts, start = [], threading.Barrier(2)

    def work():
        start.wait()
        counts.append(workflow.sweep(later(MONTH)))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(counts) == 8
    assert set(Counter(item[0] for item in turned("red")).values()) == {1}
