"""Layered reminders: each layer of people is told in its own rhythm how much waits for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from wanmi.accounts import queries as accounts
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.kernel.text import clean_line
from wanmi.organisation import actions as release
from wanmi.organisation import queries as organisation

from . import events
from .models import ReminderLayer, Rhythm
from .quiet import calendar, quiet_until
from .rhythm import next_turn
from .telling import tell

REMIND = "notices.remind"
EVERY_SECONDS = 60
KIND = "reminder"


@dataclass(frozen=True)
class Digest:
    """How much waits for one person: a sentence, its numbers, the list it leads to.

    `waiting` is what a layer's threshold is compared with.
    """

    message: str
    params: dict[str, Any]
    link: str
    waiting: int


Count = Callable[[list[int], datetime], dict[int, Digest]]


@dataclass(frozen=True)
class Subject:
    """Something layers can be told about; `words` name it to the administrator."""

    name: str
    words: Any  # a lazy translation
    count: Count = field(repr=False)


_subjects: dict[str, Subject] = {}


def offer_digest(name: str, words: Any, count: Count) -> None:
    """Say how much of something waits for people; `count` answers for those it concerns."""
    _subjects[name] = Subject(name, words, count)


def subjects() -> list[Subject]:
    """Return what layers can be told about."""
    return list(_subjects.values())


def remind(now: datetime | None = None) -> int:
    """Remind every layer whose turn has come; return how many people were told.

    A layer is taken by the UPDATE that dates its next turn, so that several
    workers never remind twice; turns missed in a downtime come as one.
    """
    now = now or datetime.now(UTC)
    rows = ReminderLayer.objects.filter(is_active=True, next_at__lte=now)
    return sum(_take_turn(layer, now) for layer in rows.order_by("id"))


@journal.deed()
def _take_turn(layer: ReminderLayer, now: datetime) -> int:
    following = next_turn(layer, now, calendar())
    mine = ReminderLayer.objects.filter(pk=layer.pk, next_at=layer.next_at, is_active=True)
    if not mine.update(next_at=following):
        return 0
    subject = _subjects.get(layer.about)
    if subject is None:
        return 0
    people = recipients(layer)
    found = subject.count(people, now)
    quiet = quiet_until(people, now)
    return sum(
        tell(
            [user],
            kind=KIND,
            message=digest.message,
            params=digest.params,
            link=digest.link,
            subject=f"layer:{layer.pk}",
            shown_from=quiet.get(user),
            at=now,
        )
        for user, digest in sorted(found.items())
        if digest.waiting >= layer.at_least
    )


def recipients(layer: ReminderLayer) -> list[int]:
    """Return whom a layer tells: who holds its roles now, and the people chosen."""
    held = {user for role in layer.roles for user in organisation.holders(role, None, "")}
    chosen = set(layer.people.values_list("pk", flat=True))
    active = accounts.people(held | chosen)
    return sorted(key for key, user in active.items() if user.is_active)


RELEASE = "release"
"""The actor in the journal of what came with an upgrade."""


def enter_layers(layers: Iterable[dict[str, Any]], at: datetime | None = None) -> None:
    """Enter the layers a new city starts with, where it has none at all."""
    if ReminderLayer.objects.exists():
        return
    rows = [ReminderLayer(**values) for values in layers]
    for row in rows:
        row.next_at = next_turn(row, at or datetime.now(UTC), calendar())
    ReminderLayer.objects.bulk_create(rows)
    release.take_first("layer", [row.name_en for row in rows])


def take_layers(layers: Iterable[dict[str, Any]]) -> list[str]:
    """Make the layers a release ships for the first time; return their English names.

    What the city has changed or taken out stays so; a city without any gets none.
    """
    shipped = {values["name_en"]: values for values in layers}
    if not ReminderLayer.objects.exists():
        return []
    fresh = release.take_first("layer", shipped)
    for name in sorted(fresh):
        set_layer(None, **shipped[name], by=RELEASE)
    return sorted(fresh)


@journal.deed()
def set_layer(
    layer: ReminderLayer | None,
    *,
    name_zh: str,
    name_en: str = "",
    about: str,
    roles: Iterable[str] = (),
    people: Iterable[str] = (),
    every: str,
    weekday: int = 0,
    month_day: int = 1,
    at_time: time,
    only_working_days: bool = True,
    at_least: int = 1,
    is_active: bool = True,
    by: journal.Actor,
    at: datetime | None = None,
) -> ReminderLayer:
    """Make a layer or change one; `people` are sign-in names. Raises Invalid with the reason."""
    at = at or datetime.now(UTC)
    name_zh = clean_line(name_zh, max_length=60)
    if not name_zh:
        raise Invalid("Give the layer a name.")
    others = ReminderLayer.objects.exclude(pk=layer.pk) if layer else ReminderLayer.objects.all()
    if others.filter(name_zh=name_zh).exists():
        raise Invalid("There is a layer of this name.")
    if about not in _subjects or every not in Rhythm.values:
        raise Invalid("Choose what is told and how often.")
    if not (0 <= weekday <= 6 and 1 <= month_day <= 31 and 0 <= at_least <= 1000):
        raise Invalid("Choose what is told and how often.")
    roles = [role for role in dict.fromkeys(roles) if role in organisation.role_codes()]
    chosen = _chosen(people)
    if not roles and not chosen:
        raise Invalid("Choose who is reminded.")
    row = layer or ReminderLayer()
    row.name_zh, row.name_en = name_zh, clean_line(name_en, max_length=80)
    row.about, row.every, row.roles = about, every, roles
    row.weekday, row.month_day, row.at_time = weekday, month_day, at_time
    row.only_working_days, row.at_least, row.is_active = only_working_days, at_least, is_active
    row.next_at = next_turn(row, at, calendar())
    row.save()
    row.people.set(chosen)
    journal.publish(events.LayerChanged(row.pk, about, every, is_active), by=by, at=at)
    return row


@journal.deed()
def drop_layer(key: int, *, by: journal.Actor, at: datetime | None = None) -> None:
    """Take a layer away; what it has told stays in the inboxes."""
    row = ReminderLayer.objects.filter(pk=key).first()
    if row is None:
        raise NotFound
    about, every = row.about, row.every
    row.delete()
    journal.publish(events.LayerChanged(key, about, every, False), by=by, at=at)


def _chosen(names: Iterable[str]) -> list[accounts.User]:
    found = []
    for name in dict.fromkeys(filter(None, (name.strip() for name in names))):
        user = accounts.by_username(name)
        if user is None:
            raise Invalid("There is nobody with the sign-in name %(name)s.", name=name[:60])
        found.append(user)
    return found


def _remind_job(payload: dict[str, Any]) -> None:
    remind()


journal.offer_job(REMIND, _remind_job, every_seconds=EVERY_SECONDS)
