"""Tables of the room: duty, positions, what was found in them, alarms, call-outs."""

from .callouts import Alarm, AlarmState, Answer, Callout, CalloutKind, Group, GroupMember, Receipt
from .duty import Break, Correction, Shift, Stint
from .tracks import Lapse, LapseKind, Terminal, TrackPart, Visit, Whereabouts

__all__ = [
    "Alarm",
    "AlarmState",
    "Answer",
    "Break",
    "Callout",
    "CalloutKind",
    "Correction",
    "Group",
    "GroupMember",
    "Lapse",
    "LapseKind",
    "Receipt",
    "Shift",
    "Stint",
    "Terminal",
    "TrackPart",
    "Visit",
    "Whereabouts",
]
