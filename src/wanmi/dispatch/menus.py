"""What this room puts on the side menu."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu

from . import queries
from .models import Alarm


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
            waiting=waiting,
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


def waiting(request: HttpRequest) -> QuerySet[Alarm]:
    """Return the alarms nobody has answered."""
    scope = menu.scope_of(request)
    return queries.unanswered_alarms(scope)  # type: ignore[arg-type]  # the organisation's own
