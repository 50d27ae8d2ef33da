"""The reader's words for states, sources, stages and operations of the flow log."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wanmi.upkeep import actions as upkeep
from wanmi.workflow import queries as workflow

from .models import Case, Phase, Source, State

STATES = {
    State.REPORTED: _("Waiting to be accepted"),
    State.VERIFYING: _("Being verified"),
    State.PENDING_FILING: _("Waiting to be filed"),
    State.PENDING_DISPATCH: _("Waiting for dispatch"),
    State.PENDING_HANDLING: _("Waiting for handling"),
    State.HANDLING: _("Being handled"),
    State.FEEDBACK_REVIEW: _("Feedback under review"),
    State.CHECKING: _("Being checked"),
    State.PENDING_CLOSING: _("Waiting to be closed"),
    State.CLOSED: _("Closed"),
    State.NOT_ACCEPTED: _("Not accepted"),
    State.NOT_FILED: _("Not filed"),
    State.VOIDED: _("Voided"),
    State.SELF_HANDLED_CLOSED: _("Handled on the spot"),
    State.FORCE_CLOSED: _("Closed by order"),
}


def _holding(code: str) -> int:
    return Case.objects.filter(source=code)[:MOST_COUNTED].count()


MOST_COUNTED = 10_000
SOURCES = upkeep.Dictionary(
    "sources",
    _("Where reports come from"),
    {
        Source.SUPERVISOR: _("Supervisor on patrol"),
        Source.HOTLINE: _("Hotline"),
        Source.WEB: _("Web or app"),
        Source.LEADER: _("Leader's instruction"),
        Source.DEPARTMENT: _("Transferred by a department"),
        Source.MEDIA: _("Media exposure"),
        Source.VIDEO: _("Video inspection"),
        Source.PLATFORM: _("Another platform"),
        Source.LETTER: _("Letter or visit"),
        Source.SENSOR: _("Sensor alarm"),
        Source.SURVEY: _("Special survey"),
        Source.IMPORT: _("Imported"),
    },
    used=_holding,
)
"""Values a city may add to: a field office, a drone."""

KINDS = {"part": _("Part"), "event": _("Event")}

PHASES = {
    Phase.COLLECTION: _("Collection"),
    Phase.FILING: _("Filing"),
    Phase.DISPATCH: _("Dispatch"),
    Phase.HANDLING: _("Handling"),
    Phase.FEEDBACK: _("Feedback"),
    Phase.CHECK_AND_CLOSE: _("Check and close"),
    Phase.EVALUATION: _("Evaluation"),
}

REPORTED = _("Problem reported")

STEP_PHASES = {
    "verify": "collection",
    "accept": "filing",
    "file": "filing",
    "dispatch": "dispatch",
    "assign": "handling",
    "handle": "handling",
    "feedback": "feedback",
    "check": "check_and_close",
    "close": "check_and_close",
}

STAGES = {
    "verify": _("Verification"),
    "accept": _("Acceptance"),
    "file": _("Filing"),
    "dispatch": _("Dispatch"),
    "handling": _("Handling"),
    "feedback": _("Feedback"),
    "check": _("Check"),
    "close": _("Closing"),
    "reply": _("Reply to supervision"),
    "visit_back": _("Visit-back"),
    "outside": _("Work outside"),
    "co_handle": _("Co-handling"),
    "instruction": _("Instruction"),
    "verify_errand": _("One more verification"),
    "check_errand": _("One more check"),
    "assign": _("Assignment"),
    "whole": _("The whole case"),
}

LEVELS = {"post": _("Post"), "stage": _("Stage"), "whole": _("All steps")}

OPERATIONS = {
    "claim": _("Taken on"),
    "release": _("Given back"),
    "reassign": _("Reassigned"),
    "withdraw": _("Withdrawn"),
    "transfer": _("Passed on to another level"),
    "transfer_back": _("Sent back by another level"),
    "delegate": _("Delegated"),
    "delegate_back": _("Delegation ended"),
    "give": _("Asked"),
    "answer": _("Answered"),
    "declined": _("Declined"),
    "waived": _("Waived"),
    "recalled": _("Recalled"),
}

RETURN_GROUNDS = upkeep.Dictionary(
    "return_grounds",
    _("Grounds of a return"),
    {
        "wrong_dispatch": _("Not our duty: dispatched wrongly"),
        "other": _("Another ground, with a signed form; the centre's leadership decides too"),
    },
)
"""All but a wrong dispatch need a signed form and the leadership."""

REQUESTS = {
    "extension": _("Extension"),
    "suspension": _("Suspension"),
    "return_case": _("Return"),
    "redispatch": _("Redispatch"),
    "revoke_assign": _("Take the assignment back"),
    "void": _("Void"),
    "force_close": _("Forced closing"),
    "appeal": _("Appeal"),
}

REQUEST_STATES = {
    "pending": _("Waiting for a decision"),
    "approved": _("Agreed"),
    "refused": _("Refused"),
    "withdrawn": _("Withdrawn"),
    "ended": _("Over"),
}

LIMIT_TYPES = {
    "urgent_hour": _("urgent hours"),
    "work_hour": _("working hours"),
    "work_day": _("working days"),
    "natural_day": _("natural days"),
}

CONTROL_EFFECTS = {
    "no_report": _("Not reported by patrols"),
    "shorter_limit": _("Shorter handling limit"),
    "same_time": _("Checked at the same time of day"),
}

WEEKDAYS = {
    "1": _("Mon"),
    "2": _("Tue"),
    "3": _("Wed"),
    "4": _("Thu"),
    "5": _("Fri"),
    "6": _("Sat"),
    "7": _("Sun"),
}

ERRAND_STATES = {
    "waiting": _("Waiting for an answer"),
    "answered": _("Answered"),
    "declined": _("Declined"),
    "waived": _("Waived"),
    "recalled": _("Recalled"),
}

ENDINGS = {"waived": _("Waive"), "recalled": _("Recall"), "declined": _("Send back")}

URGES = {"remind": _("Remind"), "supervise": _("Supervise, a reply is due")}

GROUNDS = workflow.URGE_GROUNDS


PURPOSES = {
    "return_form": _("Signed form of a return"),
    "report": _("When reported"),
    "before": _("Before"),
    "verify": _("At verification"),
    "after": _("After handling"),
    "check": _("At the check"),
    "close": _("At the closing"),
}

LIMITS = {
    "urgent_hour": _("%(n)s urgent hours"),
    "work_hour": _("%(n)s working hours"),
    "work_day": _("%(n)s working days"),
    "natural_day": _("%(n)s natural days"),
}


def word(words: Mapping[Any, object], key: str) -> str:
    """Return the reader's word for a key; one a city has added is shown as it is."""
    return str(words.get(key, key))
