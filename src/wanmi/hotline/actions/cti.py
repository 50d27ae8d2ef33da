"""The telephone system speaks: signed events, each taken once, and recordings."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Protocol, cast

from django.conf import settings

from wanmi.accounts.queries import User
from wanmi.evidence import actions as evidence
from wanmi.evidence.queries import Media
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from wanmi.kernel.text import clean_line

from .. import rules
from ..models import Call, HeardEvent
from . import agents, calls

SOURCE = "telephone"
"""How the journal names the telephone system."""


class Readable(Protocol):
    """What is read in pieces: a request."""

    def read(self, size: int = ..., /) -> bytes: ...


class NotSigned(NotAllowed):
    """The signature is missing, wrong or too old."""

    code = "not_signed"
    status = 401


class UnknownEvent(Invalid):
    """This is no event of a call: %(reason)s."""

    code = "unknown_event"


class HeardAlready(Conflict):
    """This message was taken before; it is not taken twice."""

    code = "heard_already"


@dataclass(frozen=True)
class Told:
    """One event of the telephone system; `at` is when it happened there (UTC)."""

    id: str
    call: str
    event: str
    at: datetime
    caller: str = ""
    agent: str = ""
    note: str = ""


def require_signature(moment: str, signature: str, body: bytes) -> None:
    """Let in only what the telephone system signed a moment ago. Raises NotSigned."""
    secret = settings.HOTLINE_SECRET
    wanted = rules.signature(secret, moment, body)
    if not secret or not rules.is_timely(moment, time.time()):
        raise NotSigned
    if not rules.is_signed(signature, wanted):
        raise NotSigned


def read(body: bytes) -> Told:
    """Return the event a message tells. Raises UnknownEvent."""
    try:
        given = json.loads(body)
    except ValueError as error:
        raise UnknownEvent(reason="JSON") from error
    if not isinstance(given, dict):
        raise UnknownEvent(reason="JSON")
    event = _line(given, "event", 20, must=True)
    if event not in rules.EVENTS:
        raise UnknownEvent(reason="event")
    return Told(
        _line(given, "id", 100, must=True),
        _line(given, "call", 100, must=True),
        event,
        _moment(given.get("at")),
        _line(given, "caller", 30),
        _line(given, "agent", 60),
        _line(given, "note", 300),
    )


@journal.deed()
def hear(told: Told) -> Call:
    """Do what an event says. Raises HeardAlready, NoSuchAgent, CallOver."""
    _take_once(f"event:{told.id}")
    agent = _agent(told.agent)
    call = calls.ring(told.call, told.caller, agent=agent, by=SOURCE, at=told.at)
    match told.event:
        case "answered":
            calls.answer(call, agent=agent, by=SOURCE, at=told.at)
        case "held" | "resumed":
            calls.hold(call, told.event == "held", by=SOURCE, at=told.at)
        case "transferred":
            if agent is None:
                raise UnknownEvent(reason="agent")
            calls.hand_over(call, agent, note=told.note, by=SOURCE, at=told.at)
        case "ended":
            calls.end(call, by=SOURCE, at=told.at)
        case "recording":
            calls.note_recording(call, by=SOURCE, at=told.at)
    return Call.objects.select_related("agent").get(pk=call.pk)


def signed_file(stream: Readable, moment: str, signature: str) -> BinaryIO:
    """Return what a stream holds once its signature has been checked.

    Raises NotSigned, FileTooLarge.
    """
    if not settings.HOTLINE_SECRET or not rules.is_timely(moment, time.time()):
        raise NotSigned
    mac = rules.signer(settings.HOTLINE_SECRET, moment)
    kept = SpooledTemporaryFile(max_size=1_000_000)  # noqa: SIM115  # the caller closes it
    while piece := stream.read(65_536):
        mac.update(piece)
        kept.write(piece)
        if kept.tell() > settings.MEDIA_MAX_BYTES:
            raise evidence.too_large()
    if not rules.is_signed(signature, mac.hexdigest()):
        raise NotSigned
    kept.seek(0)
    return cast(BinaryIO, kept)


def keep_recording(outside_id: str, file: BinaryIO, signature: str) -> Media:
    """Keep a recording whose signature was checked, once.

    Raises NotFound of an unknown call, HeardAlready and what `evidence.store` raises.
    """
    call = Call.objects.filter(outside_id=outside_id).first()
    if call is None:
        raise NotFound
    received = evidence.receive(file)
    with journal.deed():
        _take_once(f"file:{signature}")
        medium = evidence.record(received, by=None, name=outside_id)
        calls.attach_recording(call, [medium.pk], by=None)
    return medium


def _take_once(name: str) -> None:
    _, is_new = HeardEvent.objects.get_or_create(
        outside_id=name, defaults={"at": datetime.now(UTC)}
    )
    if not is_new:
        raise HeardAlready


def forget_heard_events(_payload: dict[str, Any]) -> None:
    """Forget the names of events whose signature could not be used again anyway."""
    old = datetime.now(UTC) - timedelta(days=1)
    HeardEvent.objects.filter(at__lt=old).delete()


def _agent(name: str) -> User | None:
    if not name:
        return None
    found = agents.find(name)
    if found is None:
        raise calls.NoSuchAgent(agent=name)
    return found


def _line(given: dict[str, Any], name: str, longest: int, *, must: bool = False) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or (must and not value.strip()):
        raise UnknownEvent(reason=name)
    return clean_line(value, max_length=longest)


def _moment(text: Any) -> datetime:
    """Return a moment with its time zone, near enough to now to be believed."""
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise UnknownEvent(reason="at") from error
    now = datetime.now(UTC)
    if at.tzinfo is None or abs(at - now) > timedelta(days=1):
        raise UnknownEvent(reason="at")
    return at.astimezone(UTC)
