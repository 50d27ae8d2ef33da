"""When a limit runs out on the city's working calendar."""

from datetime import datetime
from decimal import Decimal

from wanmi.kernel import worktime
from wanmi.kernel.limits import Limit
from wanmi.kernel.workcalendar import Calendar

from .. import remembered


def calendar() -> Calendar:
    """Return the working calendar: the city's rows over the statutory days."""
    return remembered.calendar()


def due_at(start: datetime, limit_value: Decimal | float | str, limit_type: str) -> datetime:
    """Return when a limit that starts now runs out (aware, UTC)."""
    return worktime.due_at(start, Limit(limit_value, limit_type), calendar())


def warn_at(start: datetime, limit_value: Decimal | float | str, limit_type: str) -> datetime:
    """Return when the lamp turns yellow: at 80 % of the counted time (aware, UTC)."""
    return worktime.warn_at(start, Limit(limit_value, limit_type), calendar())
