"""Settling a call: what was said becomes a matter, or is answered on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.cases import queries as cases
from wanmi.intake import actions as intake
from wanmi.intake import queries as matters
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.workflow import queries as tasks

from .. import events, rules
from ..models import Call, Outcome
from . import agents
from .calls import CallSettledAlready, NotYourCall

DOOR = "hotline"


class UnknownOutcome(Invalid):
    """Say what came of the call."""

    code = "unknown_outcome"


@dataclass(frozen=True)
class Said:
    """What an agent writes down while somebody speaks; `category` is "kind/code" or empty.

    `answer` is what the agent told them on the spot.
    """

    words: str
    purpose: str = "report"
    title: str = ""
    name: str = ""
    phone: str = ""
    place: intake.Place = field(default_factory=intake.Place)
    category: str = ""
    joins: cases.Case | None = None
    answer: str = ""
    media: Sequence[int] = ()


@journal.deed()
def file(
    said: Said, *, call: Call | None = None, by: User, at: datetime | None = None
) -> matters.Contact:
    """Take in what somebody said; a report with its class is a case at once.

    `call` is the agent's own open call, None of somebody at another telephone.
    Raises NotYourCall, CallSettledAlready and what `intake.receive` raises.
    """
    at = at or datetime.now(UTC)
    call = _mine(call, by) if call is not None else None
    contact = intake.receive(
        DOOR,
        said.words,
        purpose=said.purpose,
        title=said.title,
        sender=intake.Sender(said.name, said.phone or (call.phone if call else "")),
        place=said.place,
        details=_details(said),
        joins=said.joins,
        media=said.media,
        by=by,
        at=at,
    )
    if said.answer:
        contact = _answer(contact, said.answer, by, at)
    if call is not None:
        call.contact, call.area_path = contact, contact.area_path
        _settle(call, Outcome.MATTER, by, at)
    return contact


@journal.deed()
def settle(call: Call, outcome: str, *, by: User, at: datetime | None = None) -> Call:
    """Say of a call without a matter what it was.

    Raises UnknownOutcome, NotYourCall, CallSettledAlready.
    """
    if outcome not in rules.NO_MATTER:
        raise UnknownOutcome
    call = _mine(call, by)
    _settle(call, outcome, by, at or datetime.now(UTC))
    return call


def _details(said: Said) -> intake.CaseDetails | None:
    kind, _, code = said.category.rpartition("/")
    return intake.CaseDetails(kind, code) if code else None


def _answer(contact: matters.Contact, words: str, by: User, at: datetime) -> matters.Contact:
    """Answer the task the matter waits with; one that is a case is told so in between."""
    for task in tasks.open_tasks(f"contact:{contact.pk}"):
        return intake.perform_task(task, "answer", {"words": words}, by=by, at=at)
    intake.answer(contact, words, is_final=False, by=by, at=at)
    return contact


def _mine(call: Call, by: User) -> Call:
    row = Call.objects.select_for_update(of=("self",)).select_related("caller").get(pk=call.pk)
    if row.agent_id != by.pk:
        raise NotYourCall
    if row.settled_at is not None:
        raise CallSettledAlready
    return row


def _settle(call: Call, outcome: str, by: User, at: datetime) -> None:
    call.outcome, call.settled_at = outcome, at
    call.save(update_fields=["outcome", "settled_at", "contact", "area_path"])
    if call.ended_at is not None:
        agents.make_free(by, at)
    event = events.CallSettled(call.pk, call.agent_id, outcome, call.contact_id)
    journal.publish(event, by=by, area_path=call.area_path, at=at)
