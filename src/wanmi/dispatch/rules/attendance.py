"""Attendance against the plan: late, gone early, absent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Span:
    """From one moment to another; the second is empty while it lasts."""

    begins_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class Attendance:
    """How a planned shift was kept; minutes are whole ones, seconds what was worked inside it."""

    state: str
    late_minutes: int = 0
    early_minutes: int = 0
    worked_s: int = 0

    @property
    def is_fine(self) -> bool:
        """Say whether there is nothing to ask about."""
        return self.state in ("ahead", "on_duty", "kept")


def judge(planned: Span, served: Sequence[Span], now: datetime, *, grace: timedelta) -> Attendance:
    """Return how a shift was kept by the stints that belong to it.

    States: ahead, missing (begun, nobody signed on), absent (over), on_duty, late, early
    (gone before its end), kept. Late comes before early where both are true.
    """
    assert planned.ends_at is not None
    if not served:
        return Attendance(_unserved(planned.begins_at, planned.ends_at, now, grace))
    first = min(span.begins_at for span in served)
    is_open = any(span.ends_at is None for span in served)
    late = _minutes(first - planned.begins_at, grace)
    early = 0
    if not is_open:
        last = max(span.ends_at for span in served if span.ends_at)
        early = _minutes(min(planned.ends_at, now) - last, grace)
    worked = sum(_inside(planned, span, now) for span in served)
    state = "late" if late else "early" if early else "on_duty" if is_open else "kept"
    return Attendance(state, late, early, worked)


def _unserved(begins_at: datetime, ends_at: datetime, now: datetime, grace: timedelta) -> str:
    if now <= begins_at + grace:
        return "ahead"
    return "missing" if now < ends_at else "absent"


def _minutes(lack: timedelta, grace: timedelta) -> int:
    return int(lack.total_seconds() // 60) if lack > grace else 0


def _inside(planned: Span, span: Span, now: datetime) -> int:
    assert planned.ends_at is not None
    begin = max(planned.begins_at, span.begins_at)
    end = min(planned.ends_at, span.ends_at or now)
    return max(0, int((end - begin).total_seconds()))
