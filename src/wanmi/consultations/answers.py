"""Consultations as the API answers them."""

from typing import Any

from . import queries
from .models import Consultation


def brief(row: Consultation) -> dict[str, Any]:
    """Return a consultation as a line of a list."""
    return {
        "number": row.number,
        "topic": row.topic,
        "case": row.case.number if row.case else None,
        "area_path": row.area_path,
        "state": row.state,
        "opened_at": row.opened_at,
        "ended_at": row.ended_at,
    }


def whole(row: Consultation) -> dict[str, Any]:
    """Return a consultation with its opinions and its conclusion."""
    return {
        **brief(row),
        "question": row.question,
        "round": row.round,
        "opinions": [
            {
                "department": each.body.code,
                "round": each.round,
                "state": each.state,
                "position": each.position,
                "words": each.words,
                "by": str(each.given_by) if each.given_by else None,
                "at": each.given_at,
            }
            for each in queries.opinions(row)
        ],
        "conclusion": row.conclusion,
        "acting": row.acting.code if row.acting else None,
    }
