"""What pages call targets and states."""

from django.utils.translation import gettext_lazy as _

TARGETS = {
    "category": _("Class"),
    "department": _("Department"),
    "urgency": _("Urgency"),
}
STATES = {
    "asked": _("Waiting for the worker"),
    "running": _("Being trained"),
    "ready": _("Trained"),
    "failed": _("Training failed"),
}
URGENCIES = {"urgent": _("Urgent"), "ordinary": _("Not urgent")}
MEASURED = {
    "own": _("on cases of this city"),
    "starter": _("on starter sentences only: this says little of your city"),
}
