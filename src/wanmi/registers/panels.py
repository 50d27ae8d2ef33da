"""What this room puts on the field terminal: the part survey."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanmi.organisation.queries import duties
from wanmi.shell import basemaps, terminal

from .models import PartState, RequestKind

ON_THE_SPOT = (RequestKind.STATE, RequestKind.MOVE, RequestKind.ADD, RequestKind.RETIRE)
"""What is seen on the spot; facts are corrected at a desk."""


def offer() -> None:
    """Put the part survey on the terminal."""
    terminal.offer_panel(_PARTS)


def _context(request: HttpRequest) -> dict[str, Any]:
    return {
        "basemap": basemaps.address(),
        "kinds": [(kind.value, kind.label) for kind in ON_THE_SPOT],
        "states": [pair for pair in PartState.choices if pair[0] != PartState.REMOVED],
        "words": {
            "lacks_part": gettext("Choose the part"),
            "lacks_part_class": gettext("Choose the class of the part."),
            "lacks_reason": gettext("Say why"),
        },
    }


_PARTS = terminal.Panel(
    key="parts",
    label=_("Part survey"),
    template="registers/field/parts.html",
    icon="part",
    script="registers/partsurvey.js",
    order=30,
    duty=duties.PROPOSE_PARTS,
    hint=_("Put the register right where you stand: add, move, state, take out"),
    context=_context,
)
