"""What a page calls purposes, states and ratings."""

from django.utils.translation import gettext_lazy as _

from wanmi.upkeep import actions as upkeep

PURPOSES = upkeep.Dictionary(
    "purposes",
    _("What people bring"),
    {
        "report": _("Report"),
        "complaint": _("Complaint"),
        "consultation": _("Consultation"),
        "advice": _("Advice"),
        "praise": _("Praise"),
    },
    is_open=False,
)
STATES = {
    "waiting": _("Waiting for an answer"),
    "in_case": _("Worked on as a case"),
    "answered": _("Answered"),
    "closed": _("Closed without an answer"),
}
RATINGS = {
    "satisfied": _("Satisfied"),
    "fair": _("Fair"),
    "dissatisfied": _("Dissatisfied"),
}
LETTERS = {
    "waiting": _("No way out is set up"),
    "queued": _("On its way"),
    "sent": _("Sent"),
    "failed": _("Not delivered"),
}
OWED = {"yes": _("Answer owed"), "no": _("Answered or closed")}
