"""What the worker does for duty every minute."""

from typing import Any

from . import actions


def forget(payload: dict[str, Any]) -> None:
    """Delete positions older than the city keeps them."""
    actions.forget_positions()


def look_after(payload: dict[str, Any]) -> None:
    """Make up for forgotten sign-offs, look for silence, and ask for folds."""
    actions.end_forgotten()
    actions.look_for_silence()
    actions.schedule_folds()
