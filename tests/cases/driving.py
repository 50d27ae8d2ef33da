"""Driving a case of the town to a step, for tests that begin there."""

import io
from datetime import timedelta

from tests.evidence import files
from tests.town import INSIDE, MONDAY_MORNING, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.evidence import actions as evidence
from wanmi.workflow import queries as tasks


def report(town: Town, **more) -> Case:
    given = {"lon": INSIDE[0], "lat": INSIDE[1], "category": "06001", "kind": "event"} | more
    given.setdefault("by", town.supervisor)
    return cases.report("路口有垃圾", at=MONDAY_MORNING, **given)


def act(case: Case, action: str, by, minutes: int = 10, **fields) -> Case:
    task = tasks.open_steps(f"case:{case.pk}")[0]
    if action == "close":
        show_before_and_after(case)
    return cases.perform_task(task, action, fields, by=by, at=later(minutes))


def show_before_and_after(case: Case) -> None:
    """Let the case have the two photographs its closing demands."""
    for purpose in ("report", "after"):
        taken = evidence.store(io.BytesIO(files.picture(size=(64, 48))), by=None, name="a.jpg")
        evidence.attach([taken.pk], subject=f"case:{case.pk}", purpose=purpose, by=None)


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
