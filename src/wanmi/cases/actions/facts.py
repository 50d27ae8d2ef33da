"""The facts of a case for evaluation: derived from its flow log and clocks, rebuilt at will."""

from datetime import UTC, datetime

from wanmi.workflow import queries as tasks

from ..evaluation import StepDone, facts_of
from ..models import Case, CaseFacts, Shirking


def settle_facts(case: Case, *, now: datetime | None = None) -> CaseFacts:
    """Write the facts of a case anew and return them."""
    now = now or case.ended_at or datetime.now(UTC)
    subject = f"case:{case.pk}"
    steps = [
        StepDone(
            step=line.step,
            outcome=line.outcome,
            user=line.operator_id,
            post=line.post_id,
            seconds=line.seconds_used,
            is_overdue=line.is_overdue,
        )
        for line in tasks.flow_of(subject)
        if line.operation == "forward"
    ]
    handling = [clock for clock in tasks.clocks_of(subject) if clock.stage == "handling"]
    facts = facts_of(
        source=case.source,
        state=case.state,
        needs_verification=case.needs_verification,
        steps=steps,
        handling_overdue=any(
            clock.is_overdue or (clock.stopped_at is None and now > clock.due_at)
            for clock in handling
        ),
        is_handling=any(clock.stopped_at is None for clock in handling),
    )
    row, _ = CaseFacts.objects.update_or_create(
        case=case,
        defaults={
            **facts,
            "area_path": case.area_path,
            "department_id": case.department_id,
            "reporter_user_id": case.reported_by_id,
            "reported_at": case.reported_at,
            "ended_at": case.ended_at,
            "rework_times": case.rework_count,
            "return_times": case.return_count,
            "redispatch_times": case.redispatch_count,
            "shirk_times": Shirking.objects.filter(case=case).count(),
            "handling_seconds": _between(case.dispatched_at, case.handled_at),
            "total_seconds": _between(case.reported_at, case.ended_at),
            "steps": [step.as_row() for step in steps],
        },
    )
    return row


def _between(start: datetime | None, end: datetime | None) -> int | None:
    return max(0, int((end - start).total_seconds())) if start and end else None
