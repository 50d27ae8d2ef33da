"""Surveys as the API answers them."""

from typing import Any

from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks

from . import queries
from .models import Survey, SurveyShare


def brief(survey: Survey) -> dict[str, Any]:
    """Return a survey as a line of a list; days are the city's."""
    return {
        "number": survey.number,
        "title": survey.title,
        "category": f"{survey.kind}/{survey.category_code}",
        "category_name": tasks.either(survey.category_zh, survey.category_en),
        "area_path": survey.area_path,
        "state": survey.state,
        "starts_on": survey.starts_on,
        "ends_on": survey.ends_on,
        "ordered_at": survey.ordered_at,
        "ended_at": survey.ended_at,
    }


def whole(survey: Survey, scope: organisation.Scope) -> dict[str, Any]:
    """Return a survey with its figures, and its shares and findings in the reader's areas."""
    return {
        **brief(survey),
        "words": survey.words,
        "split_by": survey.split_by,
        "figures": queries.figures_of(survey),
        "shares": [share(row) for row in queries.shares(survey, scope)],
        "found": [row.case.number for row in queries.findings(survey, scope)[:1000]],
        "conclusion": survey.conclusion,
        "advice": survey.advice,
    }


def share(row: SurveyShare) -> dict[str, Any]:
    """Return a share of a survey."""
    return {
        "id": row.pk,
        "area": row.area_code,
        "area_name": tasks.either(row.area_zh, row.area_en),
        "state": row.state,
        "counted": row.counted,
        "faulty": row.faulty,
        "remarks": row.remarks,
        "collector": str(row.collector) if row.collector else None,
    }
