"""Working the tasks of a survey and of its shares: one transaction each."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Q, Sum

from wanmi.accounts.queries import User
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.workflow import actions as workflow
from wanmi.workflow import events as workflow_events
from wanmi.workflow import queries as tasks

from .. import events
from ..models import ShareState, Survey, SurveyFinding, SurveyShare
from .ordering import limit_of
from .shipping import SHARE

SPLITS = ("street", "community", "duty_grid")
MOST_SHARES = 500
OPEN = (ShareState.COLLECTING, ShareState.REVIEWING)


class NothingToSplit(Invalid):
    """The area has no such parts, or more than %(most)d of them."""

    code = "nothing_to_split"


class SharesOutstanding(Conflict):
    """%(count)d shares are not in yet; sum up early with a reason, or wait for them."""

    code = "shares_outstanding"


class MoreFaultyThanCounted(Invalid):
    """There cannot be more with problems than were counted."""

    code = "more_faulty_than_counted"


def perform_survey_task(
    task: tasks.Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> Survey:
    """Do an action of a survey's own task and return the survey as it stands then.

    Raises what reading fields raises, NothingToSplit, SharesOutstanding.
    """
    at = at or datetime.now(UTC)
    given = workflow.read_or_settle(task, action, fields, by=by, at=at)
    key = int(task.subject.partition(":")[2])
    if given is None:
        return Survey.objects.get(pk=key)
    return _carry_on(task, action, given, key, by=by, at=at)


def perform_share_task(
    task: tasks.Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> SurveyShare:
    """Do an action of a share's task and return the share as it stands then."""
    at = at or datetime.now(UTC)
    given = workflow.read_or_settle(task, action, fields, by=by, at=at)
    key = int(task.subject.partition(":")[2])
    if given is None:
        return SurveyShare.objects.select_related("survey").get(pk=key)
    return _bring_in(task, action, given, key, by=by, at=at)


@journal.deed()
def _carry_on(
    task: tasks.Task, action: str, given: dict[str, Any], key: int, *, by: User, at: datetime
) -> Survey:
    survey = Survey.objects.select_for_update().get(pk=key)
    if action == "summarise" and (count := _shares(survey).filter(state__in=OPEN).count()):
        raise SharesOutstanding(count=count)
    moved = workflow.finish_given(task, action, given, by=by, at=at)
    survey.state = moved.marks["state"]
    if action == "issue":
        _issue(survey, given, by=by, at=at)
    if action in ("close_early", "call_off"):
        _withdraw_shares(survey, by=by, at=at)
    if action in ("summarise", "close_early"):
        survey.figures = figures_of(survey)
    if action == "submit":
        survey.conclusion, survey.advice = given["conclusion"], given.get("advice", "")
    survey.ended_at = at if moved.end else None
    survey.version += 1
    survey.save()
    if moved.end:
        digest = salted_digest(new_salt(), survey.conclusion) if survey.conclusion else ""
        ended = events.SurveyEnded(survey.pk, survey.number or "", survey.state, digest)
        journal.publish(ended, by=by, area_path=survey.area_path, at=at)
    return survey


def _issue(survey: Survey, given: dict[str, Any], *, by: User, at: datetime) -> None:
    """Begin a share for each part of the area, or one for the area when it has none."""
    if given["split_by"] not in SPLITS:
        raise NothingToSplit(most=MOST_SHARES)
    areas = splits(survey.area_path, given["split_by"])
    if not 0 < len(areas) <= MOST_SHARES:
        raise NothingToSplit(most=MOST_SHARES)
    survey.split_by = given["split_by"]
    if given.get("opinion"):
        survey.words = "\n".join(filter(None, [survey.words, given["opinion"]]))
    for area in areas:
        share = SurveyShare.objects.create(
            survey=survey,
            area_path=area.path,
            area_code=area.code,
            area_zh=area.name_zh,
            area_en=area.name_en,
        )
        opening = workflow.prepare(SHARE, {"survey_limit": limit_of(survey, at)}, at)
        subject = f"survey_share:{share.pk}"
        begun = workflow.begin(opening, subject=subject, area_path=area.path, by=by, at=at)
        told = workflow_events.Begun(subject, begun.opened())
        journal.publish(told, by=by, area_path=area.path, at=at)
    issued = events.SurveyIssued(survey.pk, survey.number or "", len(areas))
    journal.publish(issued, by=by, area_path=survey.area_path, at=at)


def splits(area_path: str, kind: str) -> list[geography.Area]:
    """Return the parts of a kind an area falls into today; the area itself where it is one."""
    rows = geography.Area.objects.filter(geography.valid(), geography.below(area_path), kind=kind)
    return list(rows.order_by("code")[: MOST_SHARES + 1])


def _withdraw_shares(survey: Survey, *, by: User, at: datetime) -> None:
    """End the shares that are not in: they count no further."""
    for share in _shares(survey).filter(state__in=OPEN):
        instance = tasks.instance_of(f"survey_share:{share.pk}")
        if instance is not None and instance.ended_at is None:
            workflow.break_off(instance, ShareState.WITHDRAWN, by=by, at=at)
        SurveyShare.objects.filter(pk=share.pk).update(state=ShareState.WITHDRAWN, ended_at=at)


@journal.deed()
def _bring_in(
    task: tasks.Task, action: str, given: dict[str, Any], key: int, *, by: User, at: datetime
) -> SurveyShare:
    share = SurveyShare.objects.select_related("survey").get(pk=key)
    data = {}
    if action == "done":
        if given["faulty"] > given["counted"]:
            raise MoreFaultyThanCounted
        share.counted, share.faulty = given["counted"], given["faulty"]
        share.remarks, share.collector = given.get("opinion", ""), by
        data = {"collector": by.pk}
    moved = workflow.finish_given(task, action, given, by=by, at=at, data=data)
    share.state = moved.marks["state"]
    share.ended_at = at if moved.end else None
    share.save()
    if action == "done":
        survey = share.survey
        told = events.ShareCounted(
            survey.pk, survey.number or "", share.pk, share.counted or 0, share.faulty or 0
        )
        journal.publish(told, by=by, area_path=share.area_path, at=at)
    return share


def figures_of(survey: Survey) -> dict[str, int]:
    """Return what a survey has brought in so far; three questions of the database."""
    shares = _shares(survey).aggregate(
        shares=Count("pk"),
        done=Count("pk", filter=Q(state=ShareState.ACCEPTED)),
        reviewing=Count("pk", filter=Q(state=ShareState.REVIEWING)),
        withdrawn=Count("pk", filter=Q(state=ShareState.WITHDRAWN)),
        counted=Sum("counted", filter=~Q(state=ShareState.WITHDRAWN)),
        faulty=Sum("faulty", filter=~Q(state=ShareState.WITHDRAWN)),
    )
    found = SurveyFinding.objects.filter(share__survey=survey)
    counts = found.aggregate(found=Count("pk"), open=Count("pk", filter=Q(case__ended_at=None)))
    return {name: value or 0 for name, value in {**shares, **counts}.items()}


def _shares(survey: Survey) -> Any:
    return SurveyShare.objects.filter(survey=survey)
