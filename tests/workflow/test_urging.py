"""Reminders ask for nothing; supervision must be answered."""

import pytest

from tests.cases.driving import later, to_closed, to_handling
from wanmi.cases import actions as cases
from wanmi.kernel.errors import NotAllowed
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks


def urge(case, kind, by, minutes=30):
    instance = tasks.instance_of(f"case:{case.pk}")
    return workflow.urge(instance, kind, "请尽快处理", by=by, at=later(minutes))


def test_a_reminder_opens_no_task(town):
    case = to_handling(town)

    urge(case, "remind", town.street)

    case.refresh_from_db()
    assert case.is_urged
    assert not case.is_supervised
    assert len(tasks.open_tasks(f"case:{case.pk}")) == 1


def test_supervision_is_answered_by_the_department(town):
    case = to_handling(town)
    urge(case, "supervise", town.leader)
    case.refresh_from_db()
    assert case.is_supervised

    task = next(t for t in tasks.open_tasks(f"case:{case.pk}") if t.request)
    assert task.due_at is not None
    cases.perform_task(task, "reply", {"opinion": "今日完成"}, by=town.department, at=later(60))

    row = tasks.urges_of(f"case:{case.pk}")[0]
    assert row.reply == "今日完成"
    case.refresh_from_db()
    assert not case.is_supervised


@pytest.mark.parametrize("role", ["handler", "supervisor", "citizen", "acceptor", "legal"])
def test_only_leaders_centres_and_streets_urge(town, role):
    case = to_handling(town)

    with pytest.raises(NotAllowed):
        urge(case, "supervise", town.people[role])


def test_an_ended_case_cannot_be_urged(town):
    case = to_closed(town)

    with pytest.raises(workflow.NothingToUrge):
        urge(case, "remind", town.leader, minutes=300)
