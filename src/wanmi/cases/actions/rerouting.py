"""A case changes hands: returned by the department, redispatched, taken back from a handler.

A wrong dispatch goes back once the dispatcher agrees; any other ground needs a
signed paper and the centre's leadership as well. After a return the dispatcher
can only dispatch anew or send the case back to the acceptor (domain rules §5.5).
"""

from datetime import datetime
from typing import Any

from django.db.models import F

from wanmi.accounts.queries import User
from wanmi.evidence import actions as evidence
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from .. import words
from ..errands.delegating import standing_delegation
from ..errands.giving import drop
from ..models import Case, Errand, ErrandState

WRONG = "wrong_dispatch"
"""The ground that needs no paper; every other one does."""
LEADERSHIP = "duty_leader"

RULES: tuple[dict[str, Any], ...] = (
    {
        "kind": "return_case",
        "name_zh": "回退",
        "name_en": "Return",
        "askers": ["department"],
        "levels": ["dispatcher"],
        "stages": ["assign"],
    },
    {
        "kind": "redispatch",
        "name_zh": "改派",
        "name_en": "Redispatch",
        "askers": ["dispatcher"],
        "levels": [],
        "stages": ["assign", "handle"],
    },
    {
        "kind": "revoke_assign",
        "name_zh": "收回指派",
        "name_en": "Take the assignment back",
        "askers": ["department"],
        "levels": [],
        "stages": ["handle"],
    },
)


class AssignmentStands(Conflict):
    """Take the assignment back from the handler before returning the case."""

    code = "assignment_stands"


class DelegationStands(Conflict):
    """End the delegation before returning the case."""

    code = "delegation_stands"


class UnknownGround(Invalid):
    """Say whether the dispatch was wrong or there is another ground."""

    code = "unknown_ground"


class PaperMissing(Invalid):
    """A return on another ground than a wrong dispatch needs the signed form as an attachment."""

    code = "paper_missing"


def offer_rerouting() -> None:
    """Fill the workflow's hooks with the ways a case changes hands."""
    returning = workflow.Adjuster(return_case, _guard_return, _levels_of_return, _keep_paper)
    workflow.offer_adjustment("return_case", returning)
    workflow.offer_adjustment("redispatch", workflow.Adjuster(redispatch))
    workflow.offer_adjustment("revoke_assign", workflow.Adjuster(revoke_assignment))


def return_case(adjustment: tasks.Adjustment, by: User, at: datetime) -> None:
    """Send the case back to dispatch: it was not the department's duty."""
    _back_to_dispatch(adjustment, by, at, "return_count")


def redispatch(adjustment: tasks.Adjustment, by: User, at: datetime) -> None:
    """Take the case from its department, and from its handler, to dispatch it anew."""
    if _waiting(adjustment.subject, "assign") is None:
        revoke_assignment(adjustment, by, at)
    standing = _delegation(adjustment.subject)
    if standing is not None:
        drop(standing, ErrandState.RECALLED, adjustment.reason, by=by, at=at)
    _back_to_dispatch(adjustment, by, at, "redispatch_count")


def revoke_assignment(adjustment: tasks.Adjustment, by: User, at: datetime) -> None:
    """Take the case back from its handler; the department assigns anew."""
    _finish(adjustment, "handle", "give_back", by, at, handler_id=None)


def _back_to_dispatch(adjustment: tasks.Adjustment, by: User, at: datetime, count: str) -> None:
    _finish(adjustment, "assign", "return", by, at, delegate_id=None, **{count: F(count) + 1})


def _finish(
    adjustment: tasks.Adjustment, step: str, outcome: str, by: User, at: datetime, **columns: Any
) -> None:
    """Finish a waiting step by order and write where the case stands then."""
    task = _waiting(adjustment.subject, step)
    if task is None:
        raise AssignmentStands
    data = {"handler": None} if "handler_id" in columns else None
    moved = workflow.finish(
        task, outcome, by=by, data=data, opinion=adjustment.reason, by_order=True, at=at
    )
    Case.objects.filter(pk=_key(adjustment.subject)).update(
        phase=moved.marks["phase"],
        state=moved.marks["state"],
        due_at=moved.due_at,
        warn_at=moved.warn_at,
        version=F("version") + 1,
        **columns,
    )


def _guard_return(instance: tasks.Instance, asked: dict[str, Any], at: datetime) -> None:
    if _waiting(instance.subject, "assign") is None:
        raise AssignmentStands
    if _delegation(instance.subject) is not None:
        raise DelegationStands
    ground = asked.get("ground") or WRONG
    if ground not in words.RETURN_GROUNDS:
        raise UnknownGround
    if ground != WRONG and not asked.get("media"):
        raise PaperMissing


def _delegation(subject: str) -> Errand | None:
    return standing_delegation(Errand.objects.filter(case_id=_key(subject)))


def _levels_of_return(levels: list[str], asked: dict[str, Any]) -> list[str]:
    if (asked.get("ground") or WRONG) == WRONG or LEADERSHIP in levels:
        return levels
    return [*levels, LEADERSHIP]


def _keep_paper(adjustment: tasks.Adjustment, by: User, at: datetime) -> None:
    """Make the signed form evidence of the case."""
    if adjustment.asked.get("media"):
        evidence.attach(
            adjustment.asked["media"],
            subject=adjustment.subject,
            purpose="return_form",
            step="assign",
            by=by,
            at=at,
        )


def _waiting(subject: str, step: str) -> tasks.Task | None:
    return next((each for each in tasks.open_steps(subject) if each.step == step), None)


def _key(subject: str) -> int:
    return int(subject.partition(":")[2])
