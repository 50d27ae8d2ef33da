"""Making and ending controls; a patrol's report, a limit and a check obey them."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.limits import Limit, LimitType
from wanmi.organisation import queries as organisation

from .. import events
from ..models import Case
from . import queries
from .models import Control, ControlEffect


class NotReportedHere(Conflict):
    """This class is not reported here at this time: %(name)s."""

    code = "not_reported_here"


class OutsideTheWindow(Conflict):
    """Check it at the time of day it was reported at: between %(start)s and %(end)s."""

    code = "outside_the_window"


class ControlIsOver(Conflict):
    """This control has been ended already."""

    code = "control_is_over"


class UnknownClass(Invalid):
    """There is no class %(code)s; write them as event/06001, or event/06 for a major class."""

    code = "unknown_class"


@journal.deed()
def make_control(given: dict[str, Any], *, by: User, at: datetime | None = None) -> Control:
    """Make a control of checked fields; needs the duty over its area.

    Raises NotAllowed, UnknownClass, Invalid.
    """
    at = at or datetime.now(UTC)
    path = geography.area(given["area"]).path
    organisation.require(organisation.scope_of(by), organisation.duties.EDIT_CONTROLS, path)
    first = date.fromisoformat(given["valid_from"])
    last = date.fromisoformat(given["valid_to"]) if given.get("valid_to") else None
    if last is not None and last < first:
        raise Invalid("The last day lies before the first.")
    row = Control.objects.create(
        name_zh=given["name_zh"],
        name_en=given.get("name_en", ""),
        effect=given["effect"],
        area_path=path,
        classes=_classes(given.get("classes", "")),
        valid_from=first,
        valid_to=last,
        weekdays=[int(day) for day in given.get("weekdays", [])],
        from_time=_time(given.get("from_time")),
        to_time=_time(given.get("to_time")),
        minutes=given.get("minutes", 60),
        made_by=by,
        made_at=at,
        **_limit(given),
    )
    journal.publish(events.ControlMade(row.pk, row.effect), by=by, area_path=path, at=at)
    return row


@journal.deed()
def end_control(row: Control, *, by: User, at: datetime | None = None) -> None:
    """End a control from now on. Raises ControlIsOver, NotAllowed."""
    at = at or datetime.now(UTC)
    duties = organisation.duties
    organisation.require(organisation.scope_of(by), duties.EDIT_CONTROLS, row.area_path)
    standing = Control.objects.filter(pk=row.pk, ended_at__isnull=True)
    if not standing.update(ended_at=at, ended_by=by):
        raise ControlIsOver
    event = events.ControlEnded(row.pk, row.effect)
    journal.publish(event, by=by, area_path=row.area_path, at=at)


def require_reportable(category: catalogue.Category | None, area_path: str, at: datetime) -> None:
    """Refuse a patrol's report of a class that is approved here now."""
    row = queries.holding(ControlEffect.NO_REPORT, category, area_path, at)
    if row is not None:
        raise NotReportedHere(name=row.name_zh)


def require_window(case: Case, at: datetime) -> None:
    """Refuse a check at another time of day than the problem was reported at."""
    window = queries.check_window(case, at)
    if window is not None and not window.is_open:
        start, end = (timezone.localtime(each) for each in (window.start, window.end))
        raise OutsideTheWindow(start=f"{start:%H:%M}", end=f"{end:%H:%M}")


def tightened(rule: dict[str, Any], case: Case, category: catalogue.Category) -> dict[str, Any]:
    """Return the rule of a case with the shorter limit of a control where one holds."""
    found = queries.shorter_limit(category, case.area_path, case.reported_at)
    if found is None:
        return rule
    control, limit = found
    usual = Limit(rule["limit_value"], LimitType(rule["limit_type"]))
    if limit.seconds >= usual.seconds:
        return rule
    kept = {"limit_value": str(limit.value), "limit_type": limit.kind.value}
    return {**rule, **kept, "control": control.pk, "control_zh": control.name_zh}


def _limit(given: dict[str, Any]) -> dict[str, Any]:
    if given["effect"] != ControlEffect.SHORTER_LIMIT:
        return {}
    if not given.get("limit_value"):
        raise Invalid("Say how short the limit is.")
    kind = given.get("limit_type") or LimitType.WORK_HOUR.value
    limit = Limit(given["limit_value"], LimitType(kind))
    return {"limit_value": limit.value, "limit_type": limit.kind.value}


def _classes(text: str) -> list[str]:
    """Return the classes named in a text, each known to the catalogue in force."""
    named = list(dict.fromkeys(text.replace(",", " ").replace("，", " ").split()))
    known = catalogue.categories() if named else []
    codes = {f"{row.kind}/{row.code}" for row in known}
    codes |= {f"{row.kind}/{row.major_code}" for row in known}
    for name in named:
        if name not in codes:
            raise UnknownClass(code=name)
    return named


def _time(text: str | None) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid("Write times as 20:30.") from error
