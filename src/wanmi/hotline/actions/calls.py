"""Calls: they ring, are answered, held, passed on and ended; every turn is a deed."""

from datetime import UTC, datetime, timedelta

from wanmi.accounts.queries import User
from wanmi.cases import actions as cases
from wanmi.evidence import actions as evidence
from wanmi.intake import queries as intake
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed
from wanmi.kernel.text import clean_line

from .. import events, rules
from ..models import Call, Callback, Caller, CallState, Outcome
from . import agents


class CallOver(Conflict):
    """This call is over."""

    code = "call_over"


class CallSettledAlready(Conflict):
    """What came of this call has been said already."""

    code = "call_settled"


class NotYourCall(NotAllowed):
    """Another agent has this call."""

    code = "not_your_call"


class NoSuchAgent(Invalid):
    """There is no agent %(agent)s who may take calls."""

    code = "no_such_agent"


@journal.deed()
def ring(
    outside_id: str, phone: str, *, agent: User | None = None, by: journal.Actor, at: datetime
) -> Call:
    """Let a call ring with an agent, or with whoever has been ready for longest.

    Nobody ready: it waits in the queue. The same call rings once.
    """
    known = Call.objects.filter(outside_id=outside_id).first()
    if known is not None:
        return known
    agent = agent or agents.next_ready()
    call = Call.objects.create(
        outside_id=outside_id, agent=agent, rang_at=at, area_path=cases.accepting_area()
    )
    phone = intake.plain_phone(phone)
    if phone:
        Caller.objects.create(call=call, phone=clean_line(phone, max_length=30))
    agents.make_busy(agent, at)
    _tell(events.CallRang(call.pk, call.agent_id), call, by, at)
    return call


@journal.deed()
def answer(call: Call, *, agent: User | None = None, by: journal.Actor, at: datetime) -> Call:
    """Note that an agent speaks with the caller. Raises CallOver."""
    call = _open(call)
    if call.answered_at is not None:
        return call
    _give(call, agent, at)
    call.state, call.answered_at = CallState.TALKING, max(at, call.rang_at)
    call.save()
    _tell(events.CallAnswered(call.pk, call.agent_id), call, by, at)
    return call


@journal.deed()
def hold(call: Call, is_held: bool, *, by: journal.Actor, at: datetime) -> Call:
    """Note that the caller waits on the line, or speaks again. Raises CallOver."""
    call = _open(call)
    call.state = CallState.HELD if is_held else CallState.TALKING
    call.save(update_fields=["state"])
    _tell(events.CallHeld(call.pk, call.agent_id, is_held), call, by, at)
    return call


@journal.deed()
def hand_over(
    call: Call, to: User, *, note: str = "", by: journal.Actor, at: datetime | None = None
) -> Call:
    """Pass a call to another agent with a word about it, the caller staying on the line.

    Raises CallOver, NoSuchAgent.
    """
    at, call = at or datetime.now(UTC), _open(call)
    if not agents.may_take(to):
        raise NoSuchAgent(agent=to.username)
    if to == call.agent:
        return call
    before, call.agent = call.agent, to
    call.handed_by, call.hand_note = before, clean_line(note, max_length=300)
    call.save(update_fields=["agent", "handed_by", "hand_note"])
    agents.make_busy(to, at)
    agents.make_free(before, at)
    _tell(events.CallHanded(call.pk, to.pk), call, by, at)
    return call


@journal.deed()
def end(call: Call, *, by: journal.Actor, at: datetime) -> Call:
    """Note that somebody hung up; whoever was not answered is to be called back."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.ended_at is not None:
        return call
    call.state, call.ended_at = CallState.ENDED, max(at, call.answered_at or call.rang_at)
    was_answered = call.answered_at is not None
    if not was_answered and not call.settled_at:
        call.outcome, call.settled_at = Outcome.LOST, call.ended_at
        _call_back_lost(call, at)
    call.save()
    if call.settled_at:
        agents.make_free(call.agent, at)
    _tell(events.CallEnded(call.pk, call.agent_id, was_answered), call, by, at)
    return call


@journal.deed()
def note_recording(call: Call, *, by: journal.Actor, at: datetime) -> Call:
    """Note that the telephone system has a recording of a call."""
    Call.objects.filter(pk=call.pk).update(is_recorded=True)
    _tell(events.CallRecorded(call.pk, call.agent_id), call, by, at)
    return call


@journal.deed()
def attach_recording(
    call: Call, media: list[int], *, by: User | None, at: datetime | None = None
) -> None:
    """Keep a stored recording as evidence of a call. Raises ForeignMedia."""
    at = at or datetime.now(UTC)
    evidence.attach(
        media,
        subject=f"call:{call.pk}",
        purpose="recording",
        by=by,
        at=at,
        area_path=call.area_path,
    )
    note_recording(call, by=by, at=at)


@journal.deed()
def take(call: Call, *, by: User, at: datetime | None = None) -> Call:
    """Take a call that waits in the queue, and answer it. Raises CallOver, NotYourCall."""
    call = _open(call)
    if call.agent_id not in (None, by.pk):
        raise NotYourCall
    return answer(call, agent=by, by=by, at=at or datetime.now(UTC))


@journal.deed()
def forget(call: Call, *, by: User | None, at: datetime | None = None) -> None:
    """Delete the caller's number; the call stays. Nothing happens a second time."""
    deleted, _ = Caller.objects.filter(call=call).delete()
    if deleted:
        _tell(events.CallerForgotten(call.pk, call.agent_id), call, by, at or datetime.now(UTC))


def _open(call: Call) -> Call:
    row = Call.objects.select_for_update(of=("self",)).select_related("agent").get(pk=call.pk)
    if row.ended_at is not None:
        raise CallOver
    return row


def _give(call: Call, agent: User | None, at: datetime) -> None:
    """Note who it was that took the receiver."""
    if agent is None or agent == call.agent:
        return
    before, call.agent = call.agent, agent
    call.save(update_fields=["agent"])
    agents.make_busy(agent, at)
    agents.make_free(before, at)


def _call_back_lost(call: Call, at: datetime) -> None:
    if not Caller.objects.filter(call=call).exists():
        return
    due = call.rang_at + timedelta(minutes=rules.LOST_CALL_MINUTES)
    row = Callback.objects.create(call=call, due_at=due)
    event = events.CallbackAsked(row.pk, call.pk)
    journal.publish(event, by=None, area_path=call.area_path, at=at)


def _tell(event: events.CallEvent, call: Call, by: journal.Actor, at: datetime) -> None:
    journal.publish(event, by=by, area_path=call.area_path, at=at)
