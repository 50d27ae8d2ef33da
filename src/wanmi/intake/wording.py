"""What the city says of itself, in the person's own language."""

from typing import Final

from django.utils.translation import gettext_noop as _

RECEIVED: Final = _("We have received your message. Follow it with the code %(code)s.")
JOINED: Final = _("Somebody has reported this already; we tell you how it goes. Code: %(code)s.")

OCCASIONS: Final = {
    "received": RECEIVED,
    "joined": JOINED,
    "filed": _("Your report was accepted and goes to those who will put it right."),
    "dispatched": _("Your report is with those who put it right."),
    "closed": _("What you reported was put right and checked on the spot. How did it go?"),
    "self_handled_closed": _("What you reported was put right on the spot. How did it go?"),
    "force_closed": _("Your report was closed by decision of the city. Reason: %(reason)s"),
    "not_accepted": _("Your report was not accepted. Reason: %(reason)s"),
    "not_filed": _("Your report was looked at and not filed. Reason: %(reason)s"),
    "voided": _("Your report was withdrawn from handling. Reason: %(reason)s"),
    "duplicate": _("The same problem is being worked on already; we tell you when it is solved."),
}
"""Sentences by occasion; an ended state of a case is an occasion under its own name."""

NO_REASON: Final = _("none was given")

RING_TITLE: Final = _("There is news about your report")
RING: Final = _("Open the page to see how it goes.")
"""What a browser shows on a locked screen: neither the code nor what was said."""
