"""Reporting what a survey finds: an ordinary case, linked to the share it was found for."""

from collections.abc import Sequence
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.cases import actions as cases
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks

from .. import events
from ..models import ShareState, SurveyFinding, SurveyShare

SOURCE = "survey"


class FindingsOver(Conflict):
    """This share is counted; report the problem as an ordinary case."""

    code = "findings_over"


@journal.deed()
def report_finding(
    share: SurveyShare,
    description: str,
    *,
    lon: float | None = None,
    lat: float | None = None,
    address: str = "",
    media: Sequence[int] = (),
    by: User,
    at: datetime | None = None,
) -> SurveyFinding:
    """Report a case of the survey's class while a share is being counted.

    Only who may do the share's task. Raises FindingsOver, NotAllowed, or what
    reporting a case refuses; the point is in CGCS2000 degrees.
    """
    at = at or datetime.now(UTC)
    if share.state != ShareState.COLLECTING:
        raise FindingsOver
    scope = organisation.scope_of(by)
    waiting = tasks.open_steps(f"survey_share:{share.pk}")
    if not any(tasks.may_take(scope, task) for task in waiting):
        raise NotAllowed
    survey = share.survey
    case = cases.report(
        description,
        lon=lon,
        lat=lat,
        address=address,
        media=media,
        kind=survey.kind,
        category=survey.category_code,
        source=SOURCE,
        by=by,
        at=at,
    )
    row = SurveyFinding.objects.create(share=share, case=case, found_by=by, found_at=at)
    told = events.FindingReported(survey.pk, survey.number or "", share.pk, case.pk)
    journal.publish(told, by=by, area_path=share.area_path, at=at)
    return row
