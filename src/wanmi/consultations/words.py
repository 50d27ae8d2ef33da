"""The reader's words for consultations."""

from typing import Any

from wanmi.workflow.queries import either

from .models import ConsultationState, Opinion, OpinionState, Position


def state_of(row: Any) -> str:
    """Return where a consultation stands."""
    return str(ConsultationState(row.state).label)


def opinion_state(row: Opinion) -> str:
    """Return what a department said, or that it was only asked."""
    if row.position:
        return str(Position(row.position).label)
    return str(OpinionState(row.state).label)


def body_name(body: Any) -> str:
    """Return the name of a body; "" for none."""
    return either(body.name_zh, body.name_en) if body else ""
