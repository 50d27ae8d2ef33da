"""One more verification (核实) or check (核查) beside the drawing: a case may have many.

Verification asks before filing whether the problem is real, the check after
handling whether it is fixed (domain rules §5.5). A check may have to be made at
the time of day the problem was reported at (同时段核查).
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from wanmi.kernel.limits import Limit, LimitType
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from ..control.actions import require_window
from ..control.queries import check_limit
from ..models import Case
from .kinds import Address, ErrandKind, Form
from .models import Errand


def _form(title: str, title_zh: str, purpose: str) -> dict[str, Form]:
    opinion = workflow.words_field("Opinion", "意见")
    media = workflow.media_field(title, title_zh, purpose)
    return {"found": workflow.form_of([], opinion=opinion, media=media)}


class Verification(ErrandKind):
    """A supervisor looks whether the problem is real."""

    code = "verify_errand"
    name = _("One more verification")
    task_name = ("核实任务", "Verification task")
    duty = organisation.duties.ORDER_CHECKS
    outcomes = (
        tasks.Outcome("exists", "属实", "Exists", "found", "primary"),
        tasks.Outcome("not_exist", "不属实", "Does not exist", "found", "plain"),
        tasks.Outcome("unable", "无法核实", "Unable to verify", "found", "plain"),
    )
    forms = _form("Photographs of the spot", "现场照片", "verify")

    def is_ready(self, case: Case, steps: set[str]) -> bool:
        """Verification belongs before filing."""
        return bool(steps & {"accept", "file"})

    def address(self, case: Case, given: Form) -> Address:
        """The supervisors of the place."""
        return Address("supervisor")

    def limit(self, case: Case, given: Form, at: datetime) -> Limit | None:
        """One hour, as the step of the drawing."""
        return Limit(1, LimitType.URGENT_HOUR)


class Check(ErrandKind):
    """A supervisor other than the handler looks whether it is fixed."""

    code = "check_errand"
    name = _("One more check")
    task_name = ("核查任务", "Check task")
    duty = organisation.duties.ORDER_CHECKS
    outcomes = (
        tasks.Outcome("pass", "核查通过", "Passed", "found", "primary"),
        tasks.Outcome("not_pass", "核查不通过", "Not passed", "found", "danger"),
        tasks.Outcome("unable", "无法核查", "Unable to check", "found", "plain"),
    )
    forms = _form("Photographs of the check", "核查照片", "check")

    def is_ready(self, case: Case, steps: set[str]) -> bool:
        """A check belongs after handling."""
        return bool(steps & {"feedback", "check", "close"})

    def address(self, case: Case, given: Form) -> Address:
        """The supervisors of the place, never the handler."""
        return Address("supervisor", barred=case.handler_id)

    def limit(self, case: Case, given: Form, at: datetime) -> Limit | None:
        """Two hours, as the step of the drawing, or until its time of day is over."""
        later = check_limit(case, at)
        if later is not None:
            return Limit(later["value"], LimitType(later["type"]))
        return Limit(2, LimitType.URGENT_HOUR)

    def check_answer(self, errand: Errand, outcome: str, at: datetime) -> None:
        """What is found counts only at the time of day the class demands."""
        if outcome != "unable":
            require_window(errand.case, at)
