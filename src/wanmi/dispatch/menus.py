"""What this room puts on the side menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu

from . import queries


def register() -> None:
    """Fill the menu."""
    duties, group = organisation.duties, _("Patrols")
    for item in (
        menu.Item(
            "dispatch",
            _("Command desk"),
            "dispatch:desk",
            "map",
            48,
            duties.SEE_PATROLS,
            count=waiting,
            group=group,
        ),
        menu.Item(
            "dispatch_plan",
            _("Duty plan"),
            "dispatch:plan",
            "clock",
            48,
            duties.SEE_PATROLS,
            group=group,
        ),
        menu.Item(
            "dispatch_attendance",
            _("Attendance"),
            "dispatch:attendance",
            "people",
            48,
            duties.SEE_PATROLS,
            group=group,
        ),
        menu.Item(
            "dispatch_coverage",
            _("Patrol coverage"),
            "dispatch:coverage",
            "grid",
            48,
            duties.SEE_PATROLS,
            group=group,
        ),
    ):
        menu.register(item)


def waiting(request: HttpRequest) -> int:
    """Return how many alarms nobody has answered."""
    scope = menu.scope_of(request)
    found = queries.open_alarms(scope)  # type: ignore[arg-type]  # the organisation's own
    return sum(alarm.acknowledged_at is None for alarm in found)
