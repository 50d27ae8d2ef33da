"""Delegation (委托): the department lets a subordinate unit act in its place.

The unit assigns, handles and asks for adjustments; the department answers for
the case and is evaluated. The clock of the stage goes on.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wanmi.accounts.queries import User
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from ..models import Case
from . import giving
from .kinds import Address, ErrandKind, Form, asking, body_name, choice_of, words_of
from .models import Errand, ErrandState

CODE = "delegation"
BELOW = ("street_office", "company")
"""Kinds of body that may act for a department without being a part of it."""


class NotASubordinate(Invalid):
    """This unit cannot act for the department here."""

    code = "not_a_subordinate"


class Delegation(ErrandKind):
    """A subordinate unit, street office or company acts for the department."""

    code = CODE
    name = _("Delegate the handling")
    task_name = ("委托办理", "Delegated handling")
    duty = organisation.duties.REASSIGN_TASKS
    moves_step = True

    def is_ready(self, case: Case, steps: set[str]) -> bool:
        """Before a handler is named."""
        return "assign" in steps

    def may_give(self, case: Case, scope: organisation.Scope) -> bool:
        """The department itself, and only once."""
        task, standing = _assigning(case), standing_delegation(Errand.objects.filter(case=case))
        held = task is not None and tasks.may_take(scope, task)
        return held and standing is None and bool(units(case))

    def form(self, case: Case) -> Form:
        """Ask which unit and what for."""
        choices = [(body.code, body_name(body)) for body in units(case)]
        return asking(
            ("body", "words"),
            body=choice_of(gettext_noop("Unit"), choices),
            words=words_of(gettext_noop("What is asked")),
        )

    def address(self, case: Case, given: Form) -> Address:
        """The unit; its task is the step itself."""
        body = next((each for each in units(case) if each.code == given["body"]), None)
        if body is None:
            raise NotASubordinate
        return Address("", body.pk)

    def details(self, case: Case, given: Form, at: datetime) -> dict[str, Any]:
        """Keep who delegated."""
        return {"from": case.department_id}

    def given(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Hand the step to the unit."""
        _hand(errand, errand.body_id, errand.words, "delegate", by, at)
        Case.objects.filter(pk=errand.case_id).update(delegate_id=errand.body_id)

    def may_end(self, errand: Errand, scope: organisation.Scope) -> bool:
        """The two bodies concerned, before a handler is named."""
        concerned = {errand.body_id, errand.details.get("from")}
        ours = any(held.body_id in concerned for held in scope.holdings)
        return ours and _assigning(errand.case) is not None

    def end_state(self, errand: Errand, scope: organisation.Scope) -> ErrandState:
        """The unit declines, the department recalls."""
        receiving = any(held.body_id == errand.body_id for held in scope.holdings)
        return ErrandState.DECLINED if receiving else ErrandState.RECALLED

    def ended(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Hand the step back to the department."""
        _hand(errand, errand.details.get("from"), errand.reply, "delegate_back", by, at)
        Case.objects.filter(pk=errand.case_id).update(delegate_id=None)


def standing_delegation(errands: QuerySet[Errand]) -> Errand | None:
    """Return the delegation that stands among the errands of a case."""
    return errands.filter(kind=CODE, state=ErrandState.WAITING).select_related("case").first()


def answer_delegation(case: Case, words: str, *, by: User, at: datetime) -> None:
    """The unit has reported the result: the delegation has served its purpose."""
    standing = standing_delegation(Errand.objects.filter(case=case))
    if standing is not None:
        giving.answer(standing, "handled", words, by=by, at=at)


def units(case: Case) -> list[organisation.Body]:
    """Return the units that can act for the department at the place of the case."""
    able = {
        post.body_id
        for post in organisation.posts_over(case.area_path, organisation.duties.WORK_TASKS)
        if post.role.code == "department"
    }
    return [
        body
        for body in organisation.bodies(covering=case.area_path)
        if body.pk in able
        and body.pk != case.department_id
        and (body.parent_id == case.department_id or body.kind in BELOW)
    ]


def _assigning(case: Case) -> tasks.Task | None:
    waiting = tasks.open_steps(f"case:{case.pk}")
    return next((task for task in waiting if task.step == "assign"), None)


def _hand(
    errand: Errand, to: int | None, words: str, operation: str, by: User | None, at: datetime
) -> None:
    task, body = _assigning(errand.case), organisation.body(to) if to else None
    if task is None or body is None or by is None:
        raise giving.NotNow
    how = workflow.Handing(operation, words, errand.salt, {"department": body.pk}, restart=False)
    workflow.hand_over(task, body, how, by=by, at=at)
