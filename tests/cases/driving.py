"""Driving a case of the town to a step, for tests that begin there."""

from datetime import timedelta

from tests.town import INSIDE, MONDAY_MORNING, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.workflow import queries as tasks


def report(town: Town, **more) -> Case:
    given = {"lon": INSIDE[0], "lat": INSIDE[1], "category": "06001", "kind": "event"} | more
    given.setdefault("by", town.supervisor)
    return cases.report("路口有垃圾", at=MONDAY_MORNING, **given)


def act(case: Case, action: str, by, minutes: int = 10, **fields) -> Case:
    task = tasks.open_steps(f"case:{case.pk}")[0]
    return cases.perform_task(task, action, fields, by=by, at=later(minutes))


def later(minutes: float):
    return MONDAY_MORNING + timedelta(minutes=minutes)


def to_dispatch(town: Town, **more) -> Case:
    case = act(report(town, **more), "submit", town.acceptor, 5)
    return act(case, "file", town.duty_leader, 10, standard=town.condition.pk)


def to_assigning(town: Town, **more) -> Case:
    return act(to_dispatch(town, **more), "dispatch", town.dispatcher, 15, department="CLEAN")


def to_handling(town: Town, **more) -> Case:
    return act(to_assigning(town, **more), "assign", town.department, 20, handler=town.handler.pk)


def to_checking(town: Town, done_at: int = 60) -> Case:
    case = act(to_handling(town), "done", town.handler, done_at, opinion="已清理")
    return act(case, "confirm", town.dispatcher, done_at + 5)


def to_closing(town: Town, done_at: int = 60) -> Case:
    return act(to_checking(town, done_at), "pass", town.supervisor, done_at + 30)


def to_closed(town: Town, done_at: int = 60) -> Case:
    return act(to_closing(town, done_at), "close", town.duty_leader, done_at + 35)
