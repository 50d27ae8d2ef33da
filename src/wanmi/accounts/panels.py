"""What this room puts on the field terminal: which phone it is, its PIN and its lock."""

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanmi.shell import terminal


def offer() -> None:
    """Put the panel of the phone on the terminal, and what binds and locks it behind all panels."""
    terminal.offer_panel(_DEVICE)
    terminal.offer_background("device", "accounts/device.js")


def _context(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {"words": _words()}


def _words() -> dict[str, str]:
    """Return the sentences of `device.js` and `devicepanel.js` in the reader's language."""
    return {
        "state_bound": gettext("This phone is bound to you"),
        "state_waiting": gettext("Waiting for approval"),
        "state_refused": gettext("This phone cannot be used"),
        "state_unknown": gettext("Not known yet: the centre was not reached"),
        "waiting": gettext("This phone waits until an administrator approves it."),
        "locked": gettext("The terminal is locked"),
        "pin": gettext("PIN"),
        "unlock": gettext("Unlock"),
        "set_pin": gettext("Set the PIN"),
        "pin_needed": gettext("Set a PIN first: what this phone keeps is sealed with it."),
        "pin_rule": gettext("A PIN has 4 to 12 digits."),
        "pin_differ": gettext("The two differ; type them again."),
        "pin_done": gettext("The PIN is set."),
        "pin_none": gettext("Without a PIN whoever holds the unlocked phone can read it."),
        "pin_set": gettext("Asked for after %(n)s minutes without a touch, and at every start."),
        "wrong": gettext("Wrong. %(n)s tries are left; then this phone is emptied."),
        "emptied": gettext("Too many tries; this phone is being emptied."),
    }


_DEVICE = terminal.Panel(
    key="device",
    label=_("This phone"),
    template="accounts/field/device.html",
    icon="shield",
    script="accounts/devicepanel.js",
    style="accounts/device.css",
    order=80,
    hint=_("Bound to you, PIN, lock"),
    context=_context,
)
