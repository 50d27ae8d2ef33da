"""What the pages of the hotline show, worked out so that templates only choose and repeat."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.intake import queries as intake
from wanmi.kernel.personal import mask_word
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken

from . import queries, rules, words
from .models import Agent, Article, Call


@dataclass(frozen=True)
class CallLine:
    """A call as lists show it; the number masked."""

    call: Call
    phone: str
    state: str
    look: str
    outcome: str
    waited_s: float
    talked_s: float | None


@dataclass(frozen=True)
class Piece:
    """A recording as the media component shows it."""

    url: str
    kind: str
    label: str
    at: datetime
    thumb: str = ""


def line(call: Call) -> CallLine:
    """Return how a call looks in a list."""
    talked = (call.ended_at - call.answered_at) if call.ended_at and call.answered_at else None
    return CallLine(
        call,
        mask_word(call.phone) if call.phone else "",
        str(words.CALL_STATES[call.state]),
        words.CALL_LOOKS[call.state],
        str(words.OUTCOMES.get(call.outcome, "")),
        queries.waited_s(call, datetime.now(UTC)),
        talked.total_seconds() if talked else None,
    )


def now(scope: organisation.Scope, user: User) -> dict[str, Any]:
    """Return what an agent sees beside the form: their state, their call, who waits."""
    agent, call = queries.agent_of(user), queries.open_call_of(user)
    moment = datetime.now(UTC)
    state = agent.state if agent else "offline"
    return {
        "agent": agent,
        "state": state,
        "state_word": words.AGENT_STATES[state],
        "look": words.AGENT_LOOKS[state],
        "reason": words.BREAKS.get(agent.reason if agent else "", ""),
        "breaks": list(words.BREAKS.items()),
        "call": call,
        "line": line(call) if call else None,
        "history": queries.history(scope, call.phone) if call else None,
        "outcomes": [(code, words.OUTCOMES[code]) for code in rules.NO_MATTER],
        "queue": [line(each) for each in queries.waiting_calls(scope)],
        "callbacks": [(row, row.due_at < moment) for row in queries.callbacks(scope)],
        "purposes": words.PURPOSES,
    }


def agent(row: Agent) -> dict[str, Any]:
    """Return how an agent looks on the shift board."""
    return {
        "row": row,
        "state": words.AGENT_STATES[row.state],
        "look": words.AGENT_LOOKS[row.state],
        "reason": words.BREAKS.get(row.reason, ""),
        "for_s": (datetime.now(UTC) - row.since).total_seconds(),
    }


def article(row: Article) -> dict[str, Any]:
    """Return an article in the reader's language."""
    return {
        "row": row,
        "title": spoken(row.title_zh, row.title_en),
        "words": spoken(row.words_zh, row.words_en),
    }


def recordings(call: Call) -> list[Piece]:
    """Return the recordings of a call for the media component."""
    return [
        Piece(piece.original_url, piece.content_type.partition("/")[0], "", piece.attached_at)
        for piece in queries.recordings(call)
    ]


def matter(row: intake.Contact) -> dict[str, Any]:
    """Return a matter as the rows of a rate show it."""
    return {
        "row": row,
        "purpose": words.PURPOSES[row.purpose],
        "title": row.title or str(words.PURPOSES[row.purpose]),
    }
