"""Drafting a change, applying it now or from a day on, giving it up, undoing it."""

import json
import logging
import re
from datetime import UTC, date, datetime
from hashlib import sha256

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, FieldError, Invalid, NotFound, Refused
from wanmi.kernel.text import clean_line
from wanmi.organisation import queries as organisation
from wanmi.shell.schemaforms import wrong_places

from . import events, queries
from .dictionaries import Dictionary, offer_dictionary
from .kept import KeptMatter
from .matters import (
    Asked,
    Content,
    Difference,
    Effect,
    Item,
    Matter,
    Place,
    find,
    offer,
    offer_burden,
    offer_place,
)
from .models import Change, State

__all__ = [
    "Asked",
    "Content",
    "Dictionary",
    "Difference",
    "Effect",
    "Item",
    "KeptMatter",
    "Matter",
    "Place",
    "UnusableKey",
    "apply",
    "apply_due",
    "draft",
    "offer",
    "offer_burden",
    "offer_dictionary",
    "offer_place",
    "try_out",
    "undo",
    "withdraw",
]

log = logging.getLogger(__name__)

GIVEN_UP = frozenset({State.DRAFT, State.WAITING, State.FAILED})
"""From here a change can be given up."""


class NothingChanges(Conflict):
    """This is how it stands already; there is nothing to apply."""

    code = "nothing_changes"


class ChangedMeanwhile(Conflict):
    """Somebody else has changed this in the meantime; open it again and decide anew."""

    code = "changed_meanwhile"


class AlreadySettled(Conflict):
    """This change has been decided on already."""

    code = "already_settled"


class NotTheLast(Conflict):
    """Something was changed here after it; undo the later change first."""

    code = "not_the_last_change"


class Stopped(Conflict):
    """This cannot be applied: %(reason)s"""

    code = "change_stopped"


class UnusableKey(Invalid):
    """Give it a short name of small letters, digits and _ that begins with a letter."""

    code = "unusable_key"


class DayIsOver(Invalid):
    """A change takes effect today or later, never in the past."""

    code = "day_is_over"


@journal.deed()
def draft(
    matter: Matter,
    item: str,
    content: Content | None,
    *,
    by: User,
    note: str = "",
    at: datetime | None = None,
) -> Change:
    """Keep a change as a draft, in the place of an earlier one of the same thing.

    Raises NothingChanges, or Invalid naming the fields that cannot be used.
    """
    at = at or datetime.now(UTC)
    now = matter.now(item)
    if now is None:
        require_key(matter, item)
    if content is not None:
        _check(matter, item, content, organisation.scope_of(by))
    if content == now:
        raise NothingChanges
    row = Change.objects.select_for_update().filter(
        matter=matter.key, item=item, state=State.DRAFT
    ).first() or Change(matter=matter.key, item=item)
    row.content, row.before = content, now
    row.follows = queries.last_number(matter.key, item)
    row.note = clean_line(note, max_length=200)
    row.made_by, row.made_at = by, at
    row.save()
    journal.publish(events.ChangeDrafted(row.pk, thing(row), digest(content)), by=by, at=at)
    return row


@journal.deed()
def apply(
    change: Change, *, by: User, from_day: date | None = None, at: datetime | None = None
) -> Change:
    """Let a draft take effect today, or from a later day of the city on.

    Raises AlreadySettled, ChangedMeanwhile, DayIsOver, or what the matter refuses.
    """
    at = at or datetime.now(UTC)
    today = timezone.localdate(at)
    day = from_day or today
    if day < today:
        raise DayIsOver
    row = Change.objects.select_for_update().get(pk=change.pk)
    if row.state != State.DRAFT:
        raise AlreadySettled
    if row.follows != queries.last_number(row.matter, row.item):
        raise ChangedMeanwhile
    matter = _matter(row)
    _require_no_stop(matter, row, day)
    row.from_day, row.settled_by, row.settled_at = day, by, at
    if day > today:
        row.state = State.WAITING
        row.save()
        told = events.ChangeScheduled(row.pk, thing(row), digest(row.content), day.isoformat())
        journal.publish(told, by=by, at=at)
        return row
    return _take_effect(matter, row, by, at)


@journal.deed()
def withdraw(change: Change, *, by: User, at: datetime | None = None) -> None:
    """Give up a draft, or a change whose day has not come."""
    at = at or datetime.now(UTC)
    row = Change.objects.select_for_update().get(pk=change.pk)
    begun = row.from_day is not None and row.from_day <= timezone.localdate(at)
    if row.state not in GIVEN_UP or (row.state == State.WAITING and begun):
        raise AlreadySettled
    row.state, row.settled_by, row.settled_at = State.WITHDRAWN, by, at
    row.save()
    journal.publish(events.ChangeWithdrawn(row.pk, thing(row), digest(row.content)), by=by, at=at)


@journal.deed()
def try_out(change: Change, *, by: User, at: datetime | None = None) -> None:
    """Let whoever drafts see the draft as others will. Raises AlreadySettled."""
    matter = _matter(change)
    if change.state != State.DRAFT or not matter.can_try or change.content is None:
        raise AlreadySettled
    matter.try_out(change.item, change.content, by=by, at=at or datetime.now(UTC))


@journal.deed()
def undo(change: Change, *, by: User, at: datetime | None = None) -> Change:
    """Bring back what stood before a change, as a change of its own. Raises NotTheLast."""
    at = at or datetime.now(UTC)
    row = Change.objects.select_for_update().get(pk=change.pk)
    if row.state != State.APPLIED or row.pk != queries.last_number(row.matter, row.item):
        raise NotTheLast
    back = Change(
        matter=row.matter,
        item=row.item,
        content=row.before,
        before=row.content,
        follows=row.pk,
        from_day=timezone.localdate(at),
        undoes=row,
        made_by=by,
        made_at=at,
        settled_by=by,
        settled_at=at,
    )
    matter = _matter(row)
    _require_no_stop(matter, back, timezone.localdate(at))
    return _take_effect(matter, back, by, at)


def apply_due(*, at: datetime | None = None) -> int:
    """Let the changes whose day has come take effect; return how many did.

    One that the matter refuses by now is set aside with the reason, and holds up no other.
    """
    at = at or datetime.now(UTC)
    due = Change.objects.filter(state=State.WAITING, from_day__lte=timezone.localdate(at))
    return sum(_apply_one_due(key, at) for key in due.order_by("pk").values_list("pk", flat=True))


def _apply_one_due(key: int, at: datetime) -> bool:
    try:
        with journal.deed():
            row = Change.objects.select_for_update().filter(pk=key, state=State.WAITING).first()
            if row is None:
                return False
            matter = _matter(row)
            if not matter.is_kept:
                row.before = matter.now(row.item)
            _take_effect(matter, row, row.settled_by, at)
            return True
    except Refused as refused:
        log.warning("change %s could not be applied: %s", key, refused)
        Change.objects.filter(pk=key).update(state=State.FAILED, trouble=str(refused)[:300])
        return False


def require_key(matter: Matter, item: str) -> None:
    """Refuse a new thing where none may be made, or whose key is awkward."""
    if not matter.may_add or not re.fullmatch(matter.key_form, item):
        raise UnusableKey


def thing(row: Change) -> str:
    """Return how the journal names what is changed."""
    return f"{row.matter}/{row.item}"


def digest(content: Content | None) -> str:
    """Return the digest of a content, whatever the order of its names."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _take_effect(matter: Matter, row: Change, by: User | None, at: datetime) -> Change:
    matter.keep(row.item, row.content, by=by, at=at)
    row.state = State.APPLIED
    row.save()
    told = events.ChangeApplied(row.pk, thing(row), digest(row.content), row.undoes_id)
    journal.publish(told, by=by, at=at)
    return row


def _require_no_stop(matter: Matter, row: Change, day: date) -> None:
    for effect in matter.effects(row.item, row.content, day):
        if effect.severity == "stop":
            raise Stopped(reason=effect.sentence)


def _matter(row: Change) -> Matter:
    found = find(row.matter)
    if found is None:
        raise NotFound
    return found


def _check(matter: Matter, item: str, content: Content, scope: organisation.Scope) -> None:
    wrong = wrong_places(matter.asked(item).schema, content)
    errors: list[FieldError] = [{"loc": [name], "msg": words} for name, words in wrong]
    if errors:
        raise Invalid("Some fields are not valid.", errors=errors)
    matter.check(item, content, scope)
