"""Driving a consultation of the town to a step, for tests that begin there."""

from datetime import timedelta
from typing import Any

from tests.town import DISTRICT, MONDAY_MORNING, Town
from wanmi.consultations import actions as consultations
from wanmi.consultations.models import Consultation, Opinion
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks


def opened(town: Town, **more: Any) -> Consultation:
    given = {"departments": ["CLEAN"], "by": town.dispatcher, "area_path": DISTRICT} | more
    return consultations.open_consultation(
        "占道施工恢复责任", "由谁恢复路面？", at=MONDAY_MORNING, **given
    )


def act(subject: str, action: str, by: Any, minutes: int = 10, **fields: Any) -> Any:
    (task,) = tasks.open_steps(subject)
    at = MONDAY_MORNING + timedelta(minutes=minutes)
    return workflow.perform(task.pk, action, fields, by=by, at=at)[1]


def lead(row: Consultation, action: str, by: Any, **fields: Any) -> Consultation:
    return act(f"consultation:{row.pk}", action, by, **fields)


def answer(row: Consultation, town: Town, action: str = "agree", **fields: Any) -> Opinion:
    opinion = Opinion.objects.get(consultation=row, round=row.round, body=town.sanitation)
    return act(f"opinion:{opinion.pk}", action, town.department, **fields)


def concluded(town: Town, **more: Any) -> Consultation:
    row = opened(town, **more)
    answer(row, town, opinion="我方恢复")
    lead(row, "close_round", town.dispatcher)
    return lead(
        row, "conclude", town.dispatcher, conclusion="由环卫所恢复", lead_department="CLEAN"
    )
