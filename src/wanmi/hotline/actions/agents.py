"""Agents: ready, busy, on a break, gone; and who gets the next call."""

from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line
from wanmi.organisation import queries as organisation

from .. import events, rules
from ..models import Agent, AgentState, Call


class UnknownState(Invalid):
    """An agent is ready, on a break with its reason, or offline."""

    code = "unknown_agent_state"


class ExtensionTaken(Conflict):
    """Extension %(extension)s belongs to somebody else."""

    code = "extension_taken"


CHOOSABLE = (AgentState.READY, AgentState.BREAK, AgentState.OFFLINE)


@journal.deed()
def set_state(
    user: User, state: str, *, reason: str = "", by: User | None, at: datetime | None = None
) -> Agent:
    """Say whether an agent can be given calls; a break has a reason. Raises UnknownState.

    Somebody who speaks stays busy until the call is settled.
    """
    if state not in CHOOSABLE or (state == AgentState.BREAK) != (reason in rules.BREAKS):
        raise UnknownState
    if state == AgentState.READY and _open_calls(user):
        state = AgentState.BUSY
    return _turn(user, state, reason, by, at or datetime.now(UTC))


@journal.deed()
def set_extension(
    user: User, extension: str, *, by: User | None, at: datetime | None = None
) -> Agent:
    """Say at which telephone an agent sits. Raises ExtensionTaken."""
    agent = _row(user, at or datetime.now(UTC))
    extension = clean_line(extension, max_length=20)
    if extension and Agent.objects.filter(extension=extension).exclude(user=user).exists():
        raise ExtensionTaken(extension=extension)
    agent.extension = extension
    agent.save(update_fields=["extension"])
    journal.publish(events.AgentChanged(user.pk, agent.state, agent.reason), by=by, at=at)
    return agent


def make_busy(user: User | None, at: datetime) -> None:
    """Give an agent no further call while they have one."""
    if user is not None:
        _turn(user, AgentState.BUSY, "", user, at)


def make_free(user: User | None, at: datetime) -> None:
    """Let an agent have calls again once nothing of theirs is open."""
    if user is None or _open_calls(user):
        return
    if Agent.objects.filter(user=user, state=AgentState.BUSY).exists():
        _turn(user, AgentState.READY, "", user, at)


def next_ready(*, but: User | None = None) -> User | None:
    """Return the agent who has been ready for longest and may take calls, None of nobody."""
    rows = Agent.objects.filter(state=AgentState.READY).select_related("user").order_by("since")
    for row in rows:
        if row.user != but and may_take(row.user):
            return row.user
    return None


def may_take(user: User) -> bool:
    """Say whether somebody's post lets them take calls."""
    return user.is_active and organisation.scope_of(user).may(organisation.duties.TAKE_CALLS)


def find(name: str) -> User | None:
    """Return the agent of an extension or an account's name; nobody who may not take calls."""
    row = Agent.objects.filter(extension=name).select_related("user").first() if name else None
    user = row.user if row else User.objects.filter(username=name, is_active=True).first()
    return user if user is not None and may_take(user) else None


def extension_of(user: User | None) -> str | None:
    """Return the telephone an agent sits at."""
    row = Agent.objects.filter(user=user).first() if user is not None else None
    return row.extension or None if row else None


def _open_calls(user: User) -> bool:
    return Call.objects.filter(agent=user, settled_at__isnull=True).exists()


def _row(user: User, at: datetime) -> Agent:
    row, _ = Agent.objects.get_or_create(user=user, defaults={"since": at})
    return row


def _turn(user: User, state: str, reason: str, by: User | None, at: datetime) -> Agent:
    agent = _row(user, at)
    if (agent.state, agent.reason) == (state, reason):
        return agent
    agent.state, agent.reason, agent.since = state, reason, at
    agent.save(update_fields=["state", "reason", "since"])
    journal.publish(events.AgentChanged(user.pk, state, reason), by=by, at=at)
    return agent
