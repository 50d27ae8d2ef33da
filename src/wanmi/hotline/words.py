"""What pages call states, outcomes, breaks and rates."""

from django.utils.translation import gettext_lazy as _

PURPOSES = {
    "report": _("A problem reported"),
    "complaint": _("Complaint"),
    "consultation": _("Consultation"),
    "advice": _("Advice"),
    "praise": _("Praise"),
}
AGENT_STATES = {
    "ready": _("Ready for calls"),
    "busy": _("Busy"),
    "break": _("On a break"),
    "offline": _("Offline"),
}
AGENT_LOOKS = {"ready": "good", "busy": "warn", "break": "paused", "offline": ""}
BREAKS = {
    "rest": _("Short rest"),
    "meal": _("Meal"),
    "training": _("Training"),
    "meeting": _("Meeting"),
}
CALL_STATES = {
    "ringing": _("Ringing"),
    "talking": _("Talking"),
    "held": _("On hold"),
    "ended": _("Hung up"),
}
CALL_LOOKS = {"ringing": "warn", "talking": "good", "held": "paused", "ended": ""}
OUTCOMES = {
    "matter": _("Became a matter"),
    "silent": _("Nobody spoke"),
    "wrong_number": _("Wrong number"),
    "nuisance": _("Nuisance call"),
    "lost": _("Hung up unanswered"),
}
RATES = {
    "answered": _("Calls answered"),
    "recorded": _("Calls recorded"),
    "supervised": _("Pressed cases"),
    "replied": _("Matters replied to"),
    "consultation": _("Consultations answered"),
}
COUNTED = {
    "answered": _("Answered calls of all that rang"),
    "recorded": _(
        "Calls that became a matter, or of which was said that they need none, of all answered"
    ),
    "supervised": _(
        "Cases urged or supervised, of those that ran over their limit or were pressed before"
    ),
    "replied": _("Reports, complaints, advice and praise with a final answer, of all by phone"),
    "consultation": _("Consultations with a final answer, of all by phone"),
}
KEYS = [
    ("F2", _("What they say")),
    ("F4", _("Address")),
    ("F6", _("Class")),
    ("F8", _("Look something up")),
    ("F9", _("Pass the call on")),
    ("F10", _("Call back later")),
    ("Ctrl Enter", _("Take it in")),
    ("r", _("Ready for calls")),
    ("b", _("On a break")),
]
"""The keys of the desk, as the list of keys shows them."""
