"""The flow log as the timeline component shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import FlowStep
from .presenting import either

OPERATIONS: Mapping[str, Any] = {
    "claim": _("Taken on"),
    "release": _("Given back"),
    "reassign": _("Reassigned"),
    "withdraw": _("Withdrawn"),
}


@dataclass(frozen=True)
class Moment:
    """A line of the flow log; `took_s` in seconds."""

    title: str
    at: datetime
    actor: str = ""
    post: str = ""
    opinion: str = ""
    phase: str = ""
    took_s: float | None = None
    late: bool = False
    current: bool = False
    media: Sequence[Any] = ()


def moments(flow: Iterable[FlowStep]) -> list[Moment]:
    """Return the lines of a flow log, latest first."""
    return [*reversed([moment(line) for line in flow])]


def moment(line: FlowStep, phase: str = "", operations: Mapping[str, Any] = OPERATIONS) -> Moment:
    """Return one line; `phase` colours it, `operations` names what is no step."""
    step = either(line.step_zh, line.step_en)
    forward = line.operation == "forward"
    outcome = (
        either(line.outcome_zh, line.outcome_en)
        if forward
        else str(operations.get(line.operation, ""))
    )
    return Moment(
        title=f"{step} · {outcome}" if outcome else step,
        at=line.operated_at,
        actor=_actor(line),
        post=post(line.post),
        opinion=line.opinion,
        phase=phase,
        took_s=line.seconds_used if forward else None,
        late=line.is_overdue,
    )


def _actor(line: FlowStep) -> str:
    """Return who acted, and for whom where it was a deputy."""
    name = person(line.operator)
    return both(name, person(line.acted_for)) if line.acted_for_id else name


def both(name: str, holder: str) -> str:
    """Return a deputy with whom they stood in for."""
    return gettext("%(person)s for %(holder)s") % {"person": name, "holder": holder}


def person(user: Any) -> str:
    """Return a person's name; "" for nobody."""
    return either(user.name_zh, user.name_en) if user else ""


def post(held: Any) -> str:
    """Return a post with its body; "" for none."""
    if held is None:
        return ""
    body = either(held.body.name_zh, held.body.name_en)
    return f"{body} {either(held.name_zh, held.name_en)}".strip()
