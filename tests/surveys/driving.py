"""Driving a survey of the town to a step, for tests that begin there."""

from datetime import date, timedelta
from typing import Any

from tests.town import MONDAY_MORNING, Town
from wanmi.surveys import actions as surveys
from wanmi.surveys.models import Survey, SurveyShare
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks


def order(town: Town, **more: Any) -> Survey:
    given = {"category": "event/06001", "area": "990101", "ends_on": date(2026, 11, 20)} | more
    given.setdefault("by", town.duty_leader)
    return surveys.order("垃圾专项普查", at=MONDAY_MORNING, **given)


def act(subject: str, action: str, by: Any, minutes: int = 10, **fields: Any) -> Any:
    (task,) = tasks.open_steps(subject)
    at = MONDAY_MORNING + timedelta(minutes=minutes)
    return workflow.perform(task.pk, action, fields, by=by, at=at)[1]


def survey(row: Survey, action: str, by: Any, **fields: Any) -> Survey:
    return act(f"survey:{row.pk}", action, by, **fields)


def issued(town: Town, **more: Any) -> tuple[Survey, list[SurveyShare]]:
    row = survey(order(town, **more), "issue", town.duty_leader, split_by="street")
    return row, list(SurveyShare.objects.filter(survey=row).order_by("area_code"))


def count(share: SurveyShare, town: Town, counted: int = 12, faulty: int = 3) -> SurveyShare:
    return act(
        f"survey_share:{share.pk}", "done", town.supervisor, 30, counted=counted, faulty=faulty
    )


def accepted(town: Town) -> tuple[Survey, list[SurveyShare]]:
    row, shares = issued(town)
    for share in shares:
        count(share, town)
        act(f"survey_share:{share.pk}", "accept", town.duty_leader, 40)
    return row, shares


def closed(town: Town) -> Survey:
    row, _ = accepted(town)
    survey(row, "summarise", town.duty_leader)
    survey(row, "submit", town.duty_leader, conclusion="两街道共24处", advice="加强保洁")
    return survey(row, "approve", town.leader)
