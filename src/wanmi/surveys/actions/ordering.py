"""Ordering a survey."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line, clean_text
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import events as workflow_events

from .. import events
from ..models import Survey
from .shipping import SURVEY

LONGEST = timedelta(days=366)


class UnknownArea(Invalid):
    """There is no area %(code)s."""

    code = "unknown_area"


class WrongPeriod(Invalid):
    """A survey ends on its first day or later, not in the past, and within a year."""

    code = "wrong_period"


@journal.deed()
def order(
    title: str,
    *,
    category: str,
    area: str,
    ends_on: date,
    starts_on: date | None = None,
    words: str = "",
    by: User,
    at: datetime | None = None,
) -> Survey:
    """Order a survey of a class ("event/06001") in an area (its code) until a day of the city.

    Raises NotAllowed, UnknownCategory, UnknownArea, WrongPeriod, UnusableText.
    """
    at = at or datetime.now(UTC)
    today = timezone.localdate(at)
    starts_on = starts_on or today
    kind, _, code = category.partition("/")
    row = catalogue.require_category(kind, code, today)
    try:
        found = geography.area(area)
    except geography.NoSuchArea:
        raise UnknownArea(code=area) from None
    duty = organisation.duties.ORDER_SURVEYS
    organisation.require(organisation.scope_of(by), duty, found.path)
    if not (starts_on <= ends_on <= starts_on + LONGEST and ends_on >= today):
        raise WrongPeriod
    title = clean_line(title, max_length=120)
    if len(title) < 2:
        raise Invalid("Give the survey a title.")
    survey = Survey.objects.create(
        title=title,
        kind=kind,
        category_code=row.code,
        category_zh=row.name_zh,
        category_en=row.name_en,
        area_path=found.path,
        words=clean_text(words, max_length=5000),
        starts_on=starts_on,
        ends_on=ends_on,
        ordered_by=by,
        ordered_at=at,
    )
    survey.number = f"PC{today:%Y%m%d}{survey.pk:04}"
    survey.save(update_fields=["number"])
    told = events.SurveyOrdered(survey.pk, survey.number, category, f"{starts_on}", f"{ends_on}")
    journal.publish(told, by=by, area_path=survey.area_path, at=at)
    opening = workflow.prepare(SURVEY, {"survey_limit": limit_of(survey, at)}, at)
    subject = f"survey:{survey.pk}"
    moved = workflow.begin(opening, subject=subject, area_path=found.path, by=by, at=at)
    begun = workflow_events.Begun(subject, moved.opened())
    journal.publish(begun, by=by, area_path=found.path, at=at)
    return survey


def limit_of(survey: Survey, at: datetime) -> dict[str, str]:
    """Return the limit of counting: natural days until the survey's last one, at least one."""
    days = (survey.ends_on - timezone.localdate(at)).days + 1
    return {"value": str(max(days, 1)), "type": "natural_day"}
