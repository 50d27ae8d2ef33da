"""Lamps: the four ways a clock can stand, whatever its owner called them."""

from django.utils.translation import gettext_lazy as _

LAMPS = {
    "in_time": _("In time"),
    "soon": _("Due soon"),
    "overdue": _("Overdue"),
    "paused": _("Paused"),
}
# The domain pack names lamps by colour; colour words never reach a page.
LAMP_COLOURS = {"green": "in_time", "yellow": "soon", "red": "overdue", "grey": "paused"}


def lamp_key(lamp: str) -> str:
    """Return our name of a lamp, whatever it was called."""
    return LAMP_COLOURS.get(lamp, lamp if lamp in LAMPS else "paused")
