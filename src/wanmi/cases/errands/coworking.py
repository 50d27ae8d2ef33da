"""Co-handling (协办): other departments work beside the lead, each by its own clock.

The lead (主办) cannot report back until every co-handler has answered or was
waived (domain rules §5.5).
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.limits import Limit, LimitType
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from ..models import Case
from . import giving
from .kinds import Address, ErrandKind, Form, asking, body_name, choice_of, words_of
from .models import Errand, ErrandState

CODE = giving.CO_HANDLE
USUAL_LIMIT = Limit(2, LimitType.WORK_DAY)


class CoHandlersOutstanding(Conflict):
    """Wait for the answer of the co-handling departments, or have them waived: %(names)s."""

    code = "co_handlers_outstanding"


class NotACoHandler(Invalid):
    """This department leads the case or is asked to help already."""

    code = "not_a_co_handler"


class CoHandling(ErrandKind):
    """A department helps the lead and answers for its own part."""

    code = CODE
    name = _("Co-handling")
    task_name = ("协办", "Co-handle")
    duty = organisation.duties.COORDINATE
    rests = True
    ended_state = ErrandState.WAIVED
    outcomes = (tasks.Outcome("done", "协办完成", "Part done", "co_handle", "primary"),)
    forms = {  # shared as it is
        "co_handle": workflow.form_of(
            ["opinion"],
            opinion=workflow.words_field("What was done", "协办结果", minLength=2),
            media=workflow.media_field("Photographs afterwards", "处置后照片", "after"),
        )
    }

    def is_ready(self, case: Case, steps: set[str]) -> bool:
        """Departments help while the lead has the case."""
        return case.department_id is not None and bool(steps & {"assign", "handle"})

    def form(self, case: Case) -> Form:
        """Ask which department and what for."""
        choices = [(body.code, body_name(body)) for body in departments(case)]
        return asking(
            ("body", "words"),
            body=choice_of(gettext_noop("Co-handling department"), choices),
            words=words_of(gettext_noop("What is asked")),
        )

    def address(self, case: Case, given: Form) -> Address:
        """Give it to the department, which must not be at work on the case already."""
        found = next((body for body in departments(case) if body.code == given["body"]), None)
        if found is None:
            raise NotACoHandler
        return Address("department", found.pk)

    def limit(self, case: Case, given: Form, at: datetime) -> Limit | None:
        """The same limit as the lead's, counted from now."""
        rule = case.rule
        if not rule:
            return USUAL_LIMIT
        return Limit(rule["limit_value"], LimitType(rule["limit_type"]))


def departments(case: Case) -> list[organisation.Body]:
    """Return the departments that could help: of the area, neither leading nor asked already."""
    busy = {case.department_id, *(row.body_id for row in outstanding(case))}
    return [
        body
        for body in organisation.bodies(covering=case.area_path)
        if body.kind in organisation.HANDLING_KINDS and body.pk not in busy
    ]


def outstanding(case: Case) -> list[Errand]:
    """Return the co-handlers that have not answered yet."""
    rows = Errand.objects.filter(case=case, kind=CODE, state=ErrandState.WAITING)
    return list(rows.select_related("body").order_by("id"))


def require_answers(case: Case) -> None:
    """Refuse the lead's report while a co-handler is outstanding."""
    waiting: list[Any] = [body_name(row.body) for row in outstanding(case) if row.body]
    if waiting:
        raise CoHandlersOutstanding(names="、".join(waiting))
