"""What may be done: open doors, receive, file, answer, rate; block and forget people."""

from ..doors import Door, UnknownDoor, Way, offer_door, reachable
from ..rules import REOPEN_DAYS
from .answering import NothingOwed, answer, close, follow_address, offer_follow_page, tell
from .filing import AlreadyFiled, CaseDetails, file, join
from .people import Blocked, Sender, block, forget, lift
from .rating import (
    AlreadyRated,
    AlreadyReopened,
    NotAnsweredYet,
    TooLateToReopen,
    rate,
    reopen,
)
from .receiving import Place, UnknownPurpose, note_message, receive
from .working import NoSuchCase, WrongDepartment, perform_task

__all__ = [
    "REOPEN_DAYS",
    "AlreadyFiled",
    "AlreadyRated",
    "AlreadyReopened",
    "Blocked",
    "CaseDetails",
    "Door",
    "NoSuchCase",
    "NotAnsweredYet",
    "NothingOwed",
    "Place",
    "Sender",
    "TooLateToReopen",
    "UnknownDoor",
    "UnknownPurpose",
    "Way",
    "WrongDepartment",
    "answer",
    "block",
    "close",
    "file",
    "follow_address",
    "forget",
    "join",
    "lift",
    "note_message",
    "offer_door",
    "offer_follow_page",
    "perform_task",
    "rate",
    "reachable",
    "receive",
    "reopen",
    "tell",
]
