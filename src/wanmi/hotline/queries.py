"""Asking: whose call it is, who waits, who is there, what is known, what may be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from wanmi.accounts.queries import User
from wanmi.evidence import queries as evidence
from wanmi.intake import queries as intake
from wanmi.organisation import queries as organisation

from .models import (
    Agent,
    AgentState,
    Article,
    ArticleVersion,
    Call,
    Callback,
    CallState,
    Outcome,
)

__all__ = [
    "Agent",
    "AgentState",
    "Article",
    "ArticleVersion",
    "Call",
    "CallState",
    "Callback",
    "History",
    "Outcome",
    "agent_of",
    "agents",
    "articles",
    "callbacks",
    "history",
    "may_see_subject",
    "open_call_of",
    "recordings",
    "visible",
    "waiting_calls",
]

MOST_HISTORY, MOST_ARTICLES, MOST_CALLBACKS = 8, 12, 50


def visible(scope: organisation.Scope) -> QuerySet[Call]:
    """Return the calls of the areas a person takes calls for, or leads the shift of."""
    take, lead = organisation.duties.TAKE_CALLS, organisation.duties.LEAD_SHIFT
    rows = Call.objects.filter(scope.within(take) | scope.within(lead))
    return rows.select_related("agent", "caller", "contact", "handed_by")


def open_call_of(user: User) -> Call | None:
    """Return the oldest call of an agent of which nobody has said what came of it."""
    rows = Call.objects.filter(agent=user, settled_at__isnull=True)
    return rows.select_related("caller", "handed_by").order_by("id").first()


def waiting_calls(scope: organisation.Scope) -> QuerySet[Call]:
    """Return the calls that ring and that nobody has, longest waiting first."""
    rows = visible(scope).filter(ended_at__isnull=True, answered_at__isnull=True)
    return rows.filter(agent__isnull=True).order_by("rang_at")[:MOST_CALLBACKS]


def callbacks(scope: organisation.Scope) -> list[Callback]:
    """Return who is to be called back, earliest due first."""
    rows = Callback.objects.filter(done_at__isnull=True, call__in=visible(scope).values("pk"))
    return list(rows.select_related("call__caller").order_by("due_at")[:MOST_CALLBACKS])


def agent_of(user: User) -> Agent | None:
    """Return what somebody does at the hotline, None of who has never sat there."""
    return Agent.objects.filter(user=user).first()


def agents(scope: organisation.Scope) -> list[Agent]:
    """Return those who take calls in a person's areas and are not gone, by state and name."""
    rows = Agent.objects.exclude(state=AgentState.OFFLINE).select_related("user")
    return [row for row in rows.order_by("state", "since") if _is_near(scope, row.user)]


def _is_near(scope: organisation.Scope, user: User) -> bool:
    """Say whether somebody takes calls for an area the reader takes them for, or leads."""
    take, lead = organisation.duties.TAKE_CALLS, organisation.duties.LEAD_SHIFT
    theirs = organisation.scope_of(user).areas(take)
    return any(scope.may(take, area) or scope.may(lead, area) for area in theirs)


@dataclass(frozen=True)
class History:
    """What somebody at a number brought before, and which of it is still open."""

    matters: Sequence[intake.Contact]
    is_new: bool

    @property
    def open_cases(self) -> list[intake.Contact]:
        """Return the matters whose case has not ended."""
        return [row for row in self.matters if row.case and row.case.ended_at is None]


def history(scope: organisation.Scope, phone: str) -> History:
    """Return what somebody brought before, as far as the reader may see it."""
    if not phone:
        return History((), is_new=False)
    found = intake.history_of(phone=phone, limit=MOST_HISTORY)
    see = organisation.duties.SEE_CONTACTS
    return History([row for row in found if scope.may(see, row.area_path)], is_new=not found)


def articles(words: str = "", *, with_withdrawn: bool = False) -> list[Article]:
    """Return the articles that hold every word, in either language, newest first."""
    rows = Article.objects.all() if with_withdrawn else Article.objects.filter(is_withdrawn=False)
    for word in words.split()[:6]:
        found = Q()
        for field in ("title_zh", "title_en", "words_zh", "words_en", "keywords"):
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return list(rows.order_by("-changed_at", "-id")[:MOST_ARTICLES])


def recordings(call: Call) -> list[evidence.Evidence]:
    """Return the recordings kept of a call."""
    return evidence.of_subject(f"call:{call.pk}")


def may_see_subject(scope: organisation.Scope, subject: str) -> bool:
    """Say whether a person may hear what is attached to a call ("call:12").

    Whoever has the call, and whoever leads the shift.
    """
    call = Call.objects.filter(pk=int(subject.partition(":")[2])).first()
    if call is None:
        return False
    if call.agent_id == scope.user_id:
        return scope.may(organisation.duties.TAKE_CALLS)
    return scope.may(organisation.duties.LEAD_SHIFT, call.area_path)


def waited_s(call: Call, now: datetime) -> float:
    """Return for how many seconds somebody has waited, or did."""
    return ((call.answered_at or call.ended_at or now) - call.rang_at).total_seconds()
