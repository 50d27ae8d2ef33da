"""Errands as pages show them: what the reader may give, what was given and answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from wanmi.organisation import queries as organisation
from wanmi.shell.schemaforms import SchemaForm
from wanmi.workflow import queries as workflow
from wanmi.workflow.queries import Offer

from . import queries, showing, words
from .errands.kinds import kind_of
from .models import Case, Errand
from .offers import REASON


@dataclass(frozen=True)
class ErrandLine:
    """An errand as the page of its case shows it."""

    key: int
    label: str
    words: str
    to: str
    by: str
    at: datetime
    state: str
    is_waiting: bool
    due_at: datetime | None
    lamp: str
    outcome: str
    reply: str
    settled_by: str
    settled_at: datetime | None
    ending: Offer | None
    link: str = ""
    """The address to send to somebody without an account; only for who may recall it."""
    expires_at: datetime | None = None


def errand_offers(case: Case, scope: organisation.Scope, steps: list[str]) -> list[Offer]:
    """Return the errands the reader may give now, each with its form."""
    return [
        Offer(
            str(kind.name),
            reverse("cases:give", args=[case.number, kind.code]),
            SchemaForm(kind.form(case), prefix=kind.code),
        )
        for kind in queries.givable(case, scope, steps)
    ]


def giving_form(case: Case, kind: str) -> SchemaForm | None:
    """Return the form of a kind of errand."""
    found = kind_of(kind)
    return SchemaForm(found.form(case), prefix=kind) if found else None


def ending_form(key: int) -> SchemaForm:
    """Return the form an errand is waived or recalled with."""
    schema = {"type": "object", "required": ["reason"], "properties": {"reason": REASON}}
    return SchemaForm(schema, prefix=f"end{key}")


def errand_lines(case: Case, scope: organisation.Scope) -> list[ErrandLine]:
    """Return the errands of a case, latest first."""
    return [_line(row, scope) for row in reversed(queries.errands_of(case))]


def _line(row: Errand, scope: organisation.Scope) -> ErrandLine:
    task, link = row.task, queries.link_of(row)
    can_end = queries.may_end(row, scope)
    due_at, warn_at = (task.due_at, task.warn_at) if task else (None, None)
    waiting = row.state == "waiting"
    lamp = workflow.lamp_of(due_at, warn_at) if waiting else None
    return ErrandLine(
        key=row.pk,
        label=_label(row),
        words=row.words,
        to=_to(row),
        by=showing.person(row.given_by),
        at=row.given_at,
        state=words.word(words.ERRAND_STATES, row.state),
        is_waiting=waiting,
        due_at=due_at if waiting else None,
        lamp=lamp.value if lamp else "",
        outcome=_outcome(row),
        reply=row.reply,
        settled_by=showing.person(row.settled_by),
        settled_at=row.settled_at,
        ending=_ending(row, scope) if can_end else None,
        link=queries.link_path(link) if link and can_end else "",
        expires_at=link.expires_at if link and waiting else None,
    )


def _label(row: Errand) -> str:
    kind = kind_of(row.kind)
    return showing.either(*kind.task_name) if kind else row.kind


def _to(row: Errand) -> str:
    link, post = queries.link_of(row), row.post
    if link is not None:
        return link.addressee
    names: list[Any] = [row.body, post]
    return " · ".join(showing.either(each.name_zh, each.name_en) for each in names if each)


def _outcome(row: Errand) -> str:
    kind = kind_of(row.kind)
    known = {each.name: each for each in kind.outcomes} if kind else {}
    found = known.get(row.outcome)
    return showing.either(found.name_zh, found.name_en) if found else ""


def _ending(row: Errand, scope: organisation.Scope) -> Offer:
    kind = kind_of(row.kind)
    label = words.ENDINGS[kind.end_state(row, scope) if kind else "recalled"]
    return Offer(
        str(label), reverse("cases:end_errand", args=[row.case.number, row.pk]), ending_form(row.pk)
    )
