"""Transfer between levels (市区两级流转): a case goes up or down, its result comes back.

City-owned problems found by a district go up, district problems received by
the city go down; each level keeps its own clock (domain rules §5.5). The step
"dispatch" is handed over to the other level's dispatchers; with the confirmed
feedback the result goes back to every level that passed the case on.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from wanmi.accounts.queries import User
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from ..models import Case
from . import giving
from .kinds import Address, ErrandKind, Form, asking, body_name, choice_of, kind_of, words_of
from .models import Errand, ErrandState

CODE = "transfer"
RESULT = "transfer_result"
LEVELS = ("street", "district", "city")


class NoSuchLevel(Invalid):
    """No other level has dispatchers for the place of the case under this name."""

    code = "no_such_level"


class Transfer(ErrandKind):
    """The dispatchers of another level take the case over until its result is known."""

    code = CODE
    name = _("Transfer to another level")
    task_name = ("上下级流转", "Transfer between levels")
    moves_step = True
    duty = organisation.duties.COORDINATE

    def is_ready(self, case: Case, steps: set[str]) -> bool:
        """Only what is not dispatched yet is passed on."""
        return "dispatch" in steps

    def may_give(self, case: Case, scope: organisation.Scope) -> bool:
        """Only the level that holds the case passes it on."""
        held = dispatching(case)
        return held is not None and tasks.may_take(scope, held) and bool(levels_for(case))

    def form(self, case: Case) -> Form:
        """Ask which level and why."""
        choices = [(body.code, _direction(case, body)) for body in levels_for(case)]
        return asking(
            ("body", "words"),
            body=choice_of(gettext_noop("Pass on to"), choices),
            words=words_of(gettext_noop("Reason")),
        )

    def address(self, case: Case, given: Form) -> Address:
        """The dispatchers of the other level; their task is the step itself."""
        body = next((each for each in levels_for(case) if each.code == given["body"]), None)
        if body is None:
            raise NoSuchLevel
        return Address("", body.pk)

    def details(self, case: Case, given: Form, at: datetime) -> dict[str, Any]:
        """Keep which body the result goes back to."""
        held = dispatching(case)
        return {"from": held.body_id if held else None}

    def given(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Hand the step over with a clock of the receiving level."""
        _hand(errand, errand.body_id, errand.words, "transfer", by, at)

    def end_state(self, errand: Errand, scope: organisation.Scope) -> ErrandState:
        """The receiving level declines, anybody else recalls."""
        receiving = any(held.body_id == errand.body_id for held in scope.holdings)
        return ErrandState.DECLINED if receiving else ErrandState.RECALLED

    def may_end(self, errand: Errand, scope: organisation.Scope) -> bool:
        """The two levels concerned, until the other one has dispatched it."""
        concerned = {errand.body_id, errand.details.get("from")}
        ours = any(held.body_id in concerned for held in scope.holdings)
        return ours and dispatching(errand.case) is not None

    def ended(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Hand the step back to the level it came from."""
        _hand(errand, errand.details.get("from"), errand.reply, "transfer_back", by, at)


class TransferResult(ErrandKind):
    """The level that passed a case on is told how it was handled."""

    code = RESULT
    name = _("Result from another level")
    task_name = ("流转结果", "Result of a transfer")
    outcomes = (tasks.Outcome("noted", "知悉", "Noted", "opinion", "primary"),)
    ends_with_case = False

    def address(self, case: Case, given: Form) -> Address:
        """The dispatchers who passed the case on."""
        return Address("dispatcher", given["body"])


def bring_back(case: Case, words: str, *, by: User, at: datetime) -> None:
    """Answer every open transfer of a case and tell each level the result, the latest first."""
    rows = Errand.objects.filter(case=case, kind=CODE, state=ErrandState.WAITING)
    result = kind_of(RESULT)
    for errand in rows.select_related("case").order_by("-id"):
        giving.answer(errand, "handled", words, by=by, at=at)
        if result is not None and errand.details.get("from"):
            told = {"body": errand.details["from"], "words": words}
            giving.enter(case, result, told, by=by, at=at)


def dispatching(case: Case) -> tasks.Task | None:
    """Return the open step at which a case waits for its dispatch."""
    waiting = tasks.open_steps(f"case:{case.pk}")
    return next((task for task in waiting if task.step == "dispatch"), None)


def levels_for(case: Case) -> list[organisation.Body]:
    """Return the bodies of other levels whose dispatchers answer for the place, lowest first."""
    held = dispatching(case)
    posts = organisation.posts_over(case.area_path, organisation.duties.COORDINATE)
    bodies = {post.body_id: post.body for post in posts if post.role.code == "dispatcher"}
    if held is not None and held.body_id is not None:
        bodies.pop(held.body_id, None)
    return sorted(bodies.values(), key=lambda body: (LEVELS.index(body.level), body.code))


def _direction(case: Case, body: organisation.Body) -> str:
    held = dispatching(case)
    own = held.body if held is not None else None
    goes_up = own is None or LEVELS.index(body.level) > LEVELS.index(own.level)
    words = gettext("Up to %(name)s") if goes_up else gettext("Down to %(name)s")
    return words % {"name": body_name(body)}


def _hand(
    errand: Errand, to: int | None, words: str, operation: str, by: User | None, at: datetime
) -> None:
    task, body = dispatching(errand.case), organisation.body(to) if to else None
    if task is None or body is None or by is None:
        raise giving.NotNow
    how = workflow.Handing(operation, words, errand.salt, {"command": body.pk}, restart=True)
    workflow.hand_over(task, body, how, by=by, at=at)
