"""What the public's pages show, worked out so that templates only choose and repeat."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanmi.intake import actions as intake
from wanmi.intake import queries as matters
from wanmi.notices import actions as notices

from .queries import Matter

STAGES = {
    "received": _("We have it"),
    "accepted": _("Accepted"),
    "in_hand": _("Being put right"),
    "done": _("Put right"),
    "checked": _("Checked on the spot"),
    "answered": _("You have the answer"),
}
RATINGS = {
    "satisfied": _("Satisfied"),
    "fair": _("Fair"),
    "dissatisfied": _("Dissatisfied"),
}


@dataclass(frozen=True)
class Step:
    """A stage as the page draws it: passed, the present one, or ahead."""

    label: str
    at: datetime | None
    state: str


@dataclass(frozen=True)
class Said:
    """A message as the timeline component shows it."""

    title: str
    at: datetime
    opinion: str
    current: bool = False
    actor: str = ""
    phase: str = ""
    took_s: float | None = None


def matter(found: Matter) -> dict[str, Any]:
    """Return what the page of a tracking code shows."""
    contact = found.contact
    return {
        "matter": found,
        "contact": contact,
        "steps": steps(found.stages),
        "moments": [_said(each) for each in reversed(found.messages)],
        "ratings": RATINGS,
        "rating": RATINGS.get(contact.rating, ""),
        "days": intake.REOPEN_DAYS,
        "push_token": notices.push_token(f"contact:{contact.pk}") if contact.is_owed else "",
        "mark": f"{contact.lon},{contact.lat}" if contact.lon is not None else "",
    }


def steps(stages: list[matters.Stage]) -> list[Step]:
    """Return the stages in plain words; the last one reached is the present one."""
    reached = [place for place, stage in enumerate(stages) if stage.at is not None]
    last = reached[-1] if reached else 0
    return [
        Step(str(STAGES[stage.name]), stage.at, _state(place, last, len(stages)))
        for place, stage in enumerate(stages)
    ]


def _state(place: int, last: int, number: int) -> str:
    if place < last or last == number - 1:
        return "passed"
    return "current" if place == last else "ahead"


def _said(message: matters.Message) -> Said:
    if message.direction == matters.Direction.IN:
        return Said(gettext("You added"), message.at, message.words)
    title = gettext("The answer") if message.is_final else gettext("The city says")
    return Said(title, message.at, message.words, current=message.is_final)
