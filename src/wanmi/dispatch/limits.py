"""The thresholds of patrols under upkeep: one set for the city, from a day on.

No standard at hand names such figures; what ships is ours, and a city sets its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep import queries as kept
from wanmi.upkeep.queries import groups

PATROL = "patrol"


@dataclass(frozen=True)
class Limits:
    """What is asked of people on duty; minutes, seconds and metres as the names say."""

    late_minutes: int = 5
    outside_m: int = 50
    refuse_outside: bool = False
    forgotten_minutes: int = 60
    accuracy_m: int = 100
    visit_seconds: int = 20
    stay_minutes: int = 30
    stay_radius_m: int = 50
    leave_minutes: int = 15
    silence_minutes: int = 15
    moving_seconds: int = 10
    still_seconds: int = 60
    batch_seconds: int = 30
    acknowledge_seconds: int = 30
    keep_days: int = 180


_ASKED: dict[str, tuple[str, int, int]] = {
    "late_minutes": (gettext_noop("Minutes of grace at the beginning and end of a shift"), 0, 120),
    "outside_m": (gettext_noop("Metres beyond the duty grid that still count as inside"), 0, 2000),
    "forgotten_minutes": (
        gettext_noop("Minutes after a shift when a forgotten sign-off is made up for"),
        5,
        720,
    ),
    "accuracy_m": (gettext_noop("Positions vaguer than so many metres judge nobody"), 10, 5000),
    "visit_seconds": (gettext_noop("Seconds in a unit grid that make it visited"), 0, 3600),
    "stay_minutes": (gettext_noop("Minutes in one place that are a stay"), 5, 600),
    "stay_radius_m": (gettext_noop("Metres around it that are one place"), 10, 1000),
    "leave_minutes": (gettext_noop("Minutes outside the duty grid that are a leave"), 1, 600),
    "silence_minutes": (gettext_noop("Minutes without a position that are a silence"), 1, 600),
    "moving_seconds": (gettext_noop("Seconds between positions while moving"), 5, 600),
    "still_seconds": (gettext_noop("Seconds between positions while standing still"), 10, 1800),
    "batch_seconds": (gettext_noop("Seconds between batches that are sent"), 5, 1800),
    "acknowledge_seconds": (
        gettext_noop("Seconds after which an unanswered alarm goes further up"),
        10,
        600,
    ),
    "keep_days": (gettext_noop("Days that positions are kept"), 1, 1100),
}


class PatrolLimits(upkeep.KeptMatter):
    """What counts as late, outside, a stay, a leave; how often telephones tell where they are."""

    key = "patrol-limits"
    label = _("Limits of patrols")
    help = _("What counts as late, outside, a stay or a leave; how long positions are kept.")
    group = groups.WORK
    duty = organisation.duties.EDIT_PROCEDURES
    icon = "shield"

    def items(self) -> Sequence[upkeep.Item]:
        """Return the one set there is."""
        return [upkeep.Item(PATROL, gettext("Patrols of the city"))]

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form of the limits."""
        properties: dict[str, Any] = {
            name: {"type": "integer", "title": words, "minimum": low, "maximum": high}
            for name, (words, low, high) in _ASKED.items()
        }
        properties["refuse_outside"] = {
            "type": "boolean",
            "title": gettext_noop("Refuse to sign on outside the duty grid"),
        }
        return upkeep.Asked(
            {
                "type": "object",
                "required": list(_ASKED),
                "additionalProperties": False,
                "properties": properties,
            }
        )

    def shipped(self, item: str) -> upkeep.Content | None:
        """Return what holds as long as nobody has decided otherwise."""
        if item != PATROL:
            return None
        return {each.name: each.default for each in fields(Limits)}


def standing(day: date) -> Limits:
    """Return the limits that hold on a day of the city."""
    decided = kept.standing(PatrolLimits.key, PATROL, day)
    known = {each.name for each in fields(Limits)}
    return Limits(**{name: v for name, v in (decided or {}).items() if name in known})
