"""What may be done: publish drawings, run instances, take and finish tasks, adjust, urge."""

from ..advising import Adviser, Told, offer_adviser
from ..advising import heard as advice_heard
from ..desk import DeskPart, Overview, Start, Tab, furnish_desk
from ..drawing import LARGEST_BYTES as LONGEST_DRAWING
from ..engine import remembering_moves
from ..fields import Choices, check_fields
from ..presenting import Subject, offer_subject
from ..requests import (
    OPINION_FORMS,
    RequestKind,
    form_of,
    media_field,
    offer_request,
    words_field,
)
from .adjusting import (
    Adjuster,
    AlreadyAsked,
    AskedOftenEnough,
    MayNotAsk,
    NotTheTime,
    TooLateToAsk,
    UnknownAdjustment,
    ask,
    decide,
    offer_adjustment,
    withdraw,
)
from .beginning import Opening, begin, prepare
from .beside import (
    call_off_beside,
    close_beside,
    drop_beside,
    log_beside,
    open_beside,
    task_news,
)
from .breaking import break_off
from .clockwork import follow_calendar, would_move
from .drafting import (
    DraftChanged,
    DrawingHasErrors,
    discard_draft,
    publish_draft,
    restore_version,
    save_draft,
)
from .escalating import (
    HEAD,
    HOLDER,
    ROLE,
    Call,
    drop_escalation,
    enter_shipped_escalation,
    escalate,
    set_escalation,
)
from .handing import Handing, hand_over
from .moving import CannotMove, MoveReport, move_instance, move_running, plan_move
from .performing import finish_given, perform, read_or_settle
from .publishing import publish_procedure
from .rebuilding import rebuild_state
from .running import UnknownAction, finish
from .shipping import offer_shipped, publish_shipped_procedures, take_rules
from .shipping import take_news as take_procedures
from .subjects import Overlays, offer_overlays, use_calendar
from .sweeping import sweep
from .tables import (
    OverlappingRows,
    SampleFails,
    offer_table,
    offered_source,
    offered_tables,
    plain_answers,
    publish_decision,
    require_answer,
)
from .taking import AlreadyDone, Barred, NotYours, claim, reassign, release, require_open_to
from .timing import EndDateMissing, resume
from .urging import NothingToUrge, answer_supervision, urge

__all__ = [
    "HEAD",
    "HOLDER",
    "LONGEST_DRAWING",
    "OPINION_FORMS",
    "ROLE",
    "Adjuster",
    "Adviser",
    "AlreadyAsked",
    "AlreadyDone",
    "AskedOftenEnough",
    "Barred",
    "Call",
    "CannotMove",
    "Choices",
    "DeskPart",
    "DraftChanged",
    "DrawingHasErrors",
    "EndDateMissing",
    "Handing",
    "MayNotAsk",
    "MoveReport",
    "NotTheTime",
    "NotYours",
    "NothingToUrge",
    "Opening",
    "OverlappingRows",
    "Overlays",
    "Overview",
    "RequestKind",
    "SampleFails",
    "Start",
    "Subject",
    "Tab",
    "Told",
    "TooLateToAsk",
    "UnknownAction",
    "UnknownAdjustment",
    "advice_heard",
    "answer_supervision",
    "ask",
    "begin",
    "break_off",
    "call_off_beside",
    "check_fields",
    "claim",
    "close_beside",
    "decide",
    "discard_draft",
    "drop_beside",
    "drop_escalation",
    "enter_shipped_escalation",
    "escalate",
    "finish",
    "finish_given",
    "follow_calendar",
    "form_of",
    "furnish_desk",
    "hand_over",
    "log_beside",
    "media_field",
    "move_instance",
    "move_running",
    "offer_adjustment",
    "offer_adviser",
    "offer_overlays",
    "offer_request",
    "offer_shipped",
    "offer_subject",
    "offer_table",
    "offered_source",
    "offered_tables",
    "open_beside",
    "perform",
    "plain_answers",
    "plan_move",
    "prepare",
    "publish_decision",
    "publish_draft",
    "publish_procedure",
    "publish_shipped_procedures",
    "read_or_settle",
    "reassign",
    "rebuild_state",
    "release",
    "remembering_moves",
    "require_answer",
    "require_open_to",
    "restore_version",
    "resume",
    "save_draft",
    "set_escalation",
    "sweep",
    "take_procedures",
    "take_rules",
    "task_news",
    "urge",
    "use_calendar",
    "withdraw",
    "words_field",
    "would_move",
]
