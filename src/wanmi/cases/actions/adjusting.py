"""Adjustments of a case that change more than its time: void, forced close, appeal."""

from datetime import datetime
from typing import Any

from django.db.models import F

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict
from wanmi.notices import actions as notices
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from .. import events
from ..digests import SHIPPED_LAYERS
from ..errands.giving import end_with
from ..models import Case, CaseFacts, Phase, State
from .facts import settle_facts
from .rerouting import RULES, offer_rerouting

SHIPPED_RULES: tuple[dict[str, Any], ...] = (
    {
        "kind": "extension",
        "name_zh": "延期",
        "name_en": "Extension",
        "askers": ["handler", "department"],
        "levels": ["department", "dispatcher"],
        "stages": ["assign", "handle"],
        "most_approved": 2,
        "before_deadline": True,
    },
    {
        "kind": "suspension",
        "name_zh": "挂账",
        "name_en": "Suspension",
        "askers": ["handler", "department"],
        "levels": ["department", "dispatcher"],
        "stages": ["assign", "handle"],
        "most_approved": 1,
        "longest_days": 365,
    },
    *RULES,
    {
        "kind": "void",
        "name_zh": "作废",
        "name_en": "Void",
        "askers": ["acceptor", "dispatcher", "duty_leader"],
        "levels": ["duty_leader"],
        "stages": ["dispatch", "assign", "handle", "feedback", "check", "close"],
    },
    {
        "kind": "force_close",
        "name_zh": "强制结案",
        "name_en": "Forced closing",
        "askers": ["duty_leader"],
        "levels": ["leader"],
    },
    {
        "kind": "appeal",
        "name_zh": "申诉",
        "name_en": "Appeal",
        "askers": ["department"],
        "levels": ["dispatcher", "acceptor"],
        "most_approved": 1,
        "after_end": True,
    },
)
"""Rules a new city starts with (domain rules §5.5; the numbers are one city's, all editable)."""


class NothingToAppeal(Conflict):
    """Only a closed case that ran over its handling limit can be appealed, once."""

    code = "nothing_to_appeal"


def enter_shipped_rules() -> None:
    """Enter the rules of adjustment, escalation and reminders of a new city; edited ones stay."""
    workflow.enter_shipped_escalation()
    notices.enter_layers(SHIPPED_LAYERS)
    tasks.AdjustmentRule.objects.bulk_create(
        [tasks.AdjustmentRule(**rule) for rule in SHIPPED_RULES], ignore_conflicts=True
    )


def void(adjustment: tasks.Adjustment, by: User, at: datetime) -> None:
    """End a case that should not exist; it counts against accurate filing."""
    _break(adjustment, State.VOIDED, by, at)


def force_close(adjustment: tasks.Adjustment, by: User, at: datetime) -> None:
    """Close a case by order, flagged as such."""
    _break(adjustment, State.FORCE_CLOSED, by, at)


def exempt(adjustment: tasks.Adjustment, by: User, at: datetime) -> None:
    """Take a case's overtime out of the statistics; the raw facts stay."""
    CaseFacts.objects.filter(case_id=_case(adjustment).pk).update(is_exempt=True)


def keep_overlays(subject: str, overlays: workflow.Overlays) -> None:
    """Write what lies over a case into its row, for lists and lamps."""
    Case.objects.filter(pk=int(subject.partition(":")[2])).update(
        is_suspended=overlays.is_suspended,
        is_supervised=overlays.is_supervised,
        is_urged=overlays.is_urged,
        has_request=overlays.has_request,
        due_at=overlays.due_at,
        warn_at=overlays.warn_at,
    )


def offer_adjustments() -> None:
    """Fill the workflow's hooks with what adjustments mean to a case."""
    workflow.offer_overlays("case", keep_overlays)
    offer_rerouting()
    workflow.offer_adjustment("void", workflow.Adjuster(void))
    workflow.offer_adjustment("force_close", workflow.Adjuster(force_close))
    workflow.offer_adjustment("appeal", workflow.Adjuster(exempt, _guard_appeal))


def _guard_appeal(instance: tasks.Instance, asked: dict[str, Any], at: datetime) -> None:
    key = int(instance.subject.partition(":")[2])
    overtime = CaseFacts.objects.filter(case_id=key, overtime_dispose=1, is_exempt=False)
    asked_before = [
        each for each in tasks.adjustments_of(instance.subject) if each.kind == "appeal"
    ]
    if not overtime.exists() or asked_before:
        raise NothingToAppeal


def _break(adjustment: tasks.Adjustment, state: State, by: User, at: datetime) -> None:
    case = _case(adjustment)
    workflow.break_off(adjustment.instance, state.value, by=by, at=at)
    Case.objects.filter(pk=case.pk).update(
        phase=Phase.EVALUATION,
        state=state,
        due_at=None,
        warn_at=None,
        ended_at=at,
        version=F("version") + 1,
    )
    case.refresh_from_db()
    end_with(case, by=by, at=at)
    settle_facts(case)
    ended = events.CaseEnded(case.pk, case.number, case.state)
    journal.publish(ended, by=by, area_path=case.area_path, at=at)


def _case(adjustment: tasks.Adjustment) -> Case:
    return Case.objects.get(pk=int(adjustment.subject.partition(":")[2]))
