"""0/1 facts of one case, so that every indicator is a sum (CJ/T 292, GB/T 30428.4).

Pure: no table, no clock. `need_*` counts what was due: done, or overdue and
not done; a step still inside its limit is not due.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .rules import PUBLIC_SOURCES


@dataclass(frozen=True)
class StepDone:
    """A step somebody finished."""

    step: str
    outcome: str
    user: int | None
    post: int | None
    seconds: int
    is_overdue: bool

    def as_row(self) -> dict[str, Any]:
        """Return the step as it is kept with the facts."""
        return asdict(self)


def facts_of(
    *,
    source: str,
    state: str,
    needs_verification: bool,
    steps: Sequence[StepDone],
    handling_overdue: bool,
    is_handling: bool,
) -> dict[str, int]:
    """Return the facts of a case as 0/1 columns."""
    verify = _last(steps, "verify")
    filed = _last(steps, "file", "file")
    dispatched = _last(steps, "dispatch", "dispatch")
    handled = _last(steps, "handle", "done")
    checked = _last(steps, "check")
    reworked = any(step.outcome in {"rework", "send_back"} for step in steps)
    closed = state == "closed"
    dispatches = sum(1 for step in steps if step.step == "dispatch" and step.outcome == "dispatch")
    return {
        "report": 1,
        "patrol_report": int(source == "supervisor"),
        "public_report": int(source in PUBLIC_SOURCES),
        "valid_report": int(filed is not None),
        "need_verify": int(needs_verification or verify is not None),
        "verify": int(verify is not None),
        "intime_verify": _in_time(verify),
        "inst": int(filed is not None),
        "intime_inst": _in_time(filed),
        "need_dispatch": int(dispatched is not None),
        "dispatch": int(dispatched is not None),
        "intime_dispatch": _in_time(dispatched),
        "accurate_dispatch": int(dispatches == 1),
        "need_dispose": int(handled is not None or (is_handling and handling_overdue)),
        "dispose": int(handled is not None),
        "intime_dispose": int(handled is not None and not handling_overdue),
        "overtime_dispose": int(handled is not None and handling_overdue),
        "need_check": int(checked is not None),
        "check_done": int(checked is not None),
        "intime_check": _in_time(checked),
        "rework": int(reworked),
        "need_archive": int(closed or handled is not None),
        "archive": int(closed),
        "intime_archive": int(closed and not handling_overdue),
        "not_accepted": int(state == "not_accepted"),
        "not_filed": int(state == "not_filed"),
    }


def _last(steps: Sequence[StepDone], name: str, outcome: str = "") -> StepDone | None:
    found = [s for s in steps if s.step == name and (not outcome or s.outcome == outcome)]
    return found[-1] if found else None


def _in_time(step: StepDone | None) -> int:
    return int(step is not None and not step.is_overdue)
