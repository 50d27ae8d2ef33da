"""What may be done: publish drawings, run instances, take and finish tasks."""

from .publishing import publish_procedure
from .running import Opening, begin, finish, prepare, rebuild_state
from .subjects import Perform, offer_subject, perform, use_calendar
from .taking import AlreadyDone, Barred, NotYours, claim, reassign, release, require_open_to

__all__ = [
    "AlreadyDone",
    "Barred",
    "NotYours",
    "Opening",
    "Perform",
    "begin",
    "claim",
    "finish",
    "offer_subject",
    "perform",
    "prepare",
    "publish_procedure",
    "reassign",
    "rebuild_state",
    "release",
    "require_open_to",
    "use_calendar",
]
