"""What the pages call things."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LAPSES = {
    "stay": _("Stayed in one place"),
    "leave": _("Left the duty grid"),
    "silence": _("Sent no position"),
}
LAPSE_LOOKS = {"stay": "soon", "leave": "overdue", "silence": "paused"}

ATTENDANCE = {
    "ahead": pgettext_lazy("attendance", "Ahead"),
    "missing": pgettext_lazy("attendance", "Not signed on"),
    "absent": pgettext_lazy("attendance", "Absent"),
    "on_duty": pgettext_lazy("attendance", "On duty"),
    "late": pgettext_lazy("attendance", "Late"),
    "early": pgettext_lazy("attendance", "Left early"),
    "kept": pgettext_lazy("attendance", "Kept"),
}
ATTENDANCE_LOOKS = {
    "ahead": "",
    "missing": "overdue",
    "absent": "overdue",
    "on_duty": "in_time",
    "late": "soon",
    "early": "soon",
    "kept": "in_time",
}

ALARM_LOOKS = {"open": "overdue", "acknowledged": "soon", "closed": ""}


def lapse(row: Any) -> dict[str, Any]:
    """Return a lapse as lists show it."""
    return {"row": row, "word": LAPSES[row.kind], "look": LAPSE_LOOKS[row.kind]}
