"""Random walks through every shipped procedure: no standstill, no lost clock, an end with a reason.

In memory through the engine, forty a procedure; and in earnest, with tasks,
clocks and a flow log, where the instance is looked at after every step.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.town import DISTRICT, MONDAY_MORNING, Town
from tests.workflow.shipped import DRAWINGS
from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow
from wanmi.workflow import clocks, simulation
from wanmi.workflow import queries as tasks
from wanmi.workflow.drawing import Drawing, read

LIMITS = ("handling_limit", "survey_limit", "opinion_limit")
LONGEST = 60
SAME_EACH_TIME = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("code", DRAWINGS)
@settings(SAME_EACH_TIME, max_examples=40)
@given(seed=some.integers(0, 2**32))
def test_a_walk_in_memory_ends_with_a_reason(code, seed):
    xml = DRAWINGS[code].read_text("utf-8")

    taken = simulation.random_walk(xml, random.Random(seed))

    assert taken.waiting == ()
    assert taken.end in read(xml).ends
    assert read(xml).ends[taken.end], "the end says nothing of its subject's state"


@pytest.mark.parametrize("code", DRAWINGS)
@settings(SAME_EACH_TIME, max_examples=6)
@given(data=some.data())
def test_a_walk_in_earnest_loses_no_clock(code, town, data):
    xml = DRAWINGS[code].read_text("utf-8")
    drawing, asked = read(xml), simulation.questions(xml)
    facts: dict[str, Any] = {
        name: data.draw(some.sampled_from(values or [True])) for name, values in asked.items()
    }
    facts |= {name: {"value": "2", "type": "work_day"} for name in LIMITS}
    subject, at = f"walk:{data.draw(some.uuids())}", MONDAY_MORNING
    opening = workflow.prepare(code, facts, at)
    _begin(opening, subject, town, at)
    for _ in range(LONGEST):
        waiting = tasks.open_steps(subject)
        _look_at(subject, drawing, facts, waiting)
        if not waiting:
            break
        task = data.draw(some.sampled_from(waiting))
        outcome = data.draw(some.sampled_from(drawing.steps[task.step].outcomes))
        at += timedelta(minutes=data.draw(some.integers(1, 600)))
        _finish(task, outcome.name, town, at)

    instance = tasks.instance_of(subject)
    assert instance is not None
    if instance.ended_at is not None:
        assert instance.end in drawing.ends
        assert tasks.flow_of(subject)[-1].outcome


def _begin(opening: Any, subject: str, town: Town, at: Any) -> None:
    with transaction.atomic():
        workflow.begin(opening, subject=subject, area_path=DISTRICT, by=town.admin, at=at)


def _finish(task: Any, outcome: str, town: Town, at: Any) -> None:
    @journal.deed()
    def do() -> None:
        workflow.finish(task, outcome, by=town.admin, by_order=True, opinion="理由", at=at)

    do()


def _look_at(subject: str, drawing: Drawing, facts: dict[str, Any], waiting: list[Any]) -> None:
    """Something waits or it has ended; every waiting stage has its running clock, no other runs."""
    instance = tasks.instance_of(subject)
    assert instance is not None
    assert bool(waiting) != bool(instance.ended_at)
    running = [clock for clock in tasks.clocks_of(subject) if clock.stopped_at is None]
    steps = [drawing.steps[task.step] for task in waiting]
    due = clocks.wanted(drawing, steps, facts) if waiting else {}
    assert {(clock.level, clock.stage) for clock in running} == set(due)
    assert all(task.due_at is not None for task in waiting if due)
