"""A workflow kept alive between steps goes the way its stored state goes, also after a rollback."""

import pytest
from django.db import transaction

from tests.cases.test_seven_phases import act, report
from wanmi.workflow import engine
from wanmi.workflow import queries as tasks


class Stumbled(Exception):
    """Something went wrong after the step was done."""


def test_a_step_undone_is_taken_again_from_the_stored_state(town):
    case = report(town)

    def stumble():
        with transaction.atomic():
            act(case, "submit", town.acceptor)
            raise Stumbled

    with pytest.raises(Stumbled):
        stumble()

    assert [task.step for task in tasks.open_tasks(f"case:{case.pk}")] == ["accept"]
    case = act(case, "submit", town.acceptor)
    assert case.state == "pending_filing"
    assert [task.step for task in tasks.open_tasks(f"case:{case.pk}")] == ["file"]


def test_two_cases_that_began_alike_do_not_meet(town):
    first, second = report(town), report(town)

    first = act(first, "submit", town.acceptor)
    assert [task.step for task in tasks.open_tasks(f"case:{second.pk}")] == ["accept"]
    second = act(second, "not_accept", town.acceptor, opinion="不属受理范围")

    assert (first.state, second.state) == ("pending_filing", "not_accepted")


def test_a_case_goes_on_without_what_was_kept(town):
    case = act(report(town), "submit", town.acceptor)
    engine._alive.clear()

    assert act(case, "file", town.duty_leader, standard=town.condition.pk).state == (
        "pending_dispatch"
    )


def test_only_so_many_are_kept(monkeypatch, town):
    monkeypatch.setattr(engine, "MOST_ALIVE", 3)

    for _ in range(5):
        act(report(town), "submit", town.acceptor)

    assert len(engine._alive) <= 3
