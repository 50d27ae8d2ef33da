"""What the centre says to people in the street: messages, and call-outs that are answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext_noop

from wanmi.accounts.queries import User
from wanmi.cases import queries as cases
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid, NotFound
from wanmi.kernel.text import clean_line, clean_text
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation

from .. import events, queries
from ..models import Answer, Callout, CalloutKind, Group, GroupMember, Receipt

MOST = 500
MESSAGES = "/field/#/messages"
"""Where people read what they were told: on their telephone."""


class NobodyCalled(Invalid):
    """Nobody is meant; name people, a group, an area, or how many of the nearest."""

    code = "nobody_called"


class TooManyCalled(Invalid):
    """At most %(most)d people are called at once."""

    code = "too_many_called"


class NothingSaid(Invalid):
    """Say what it is about."""

    code = "nothing_said"


class NoPlace(Invalid):
    """The nearest people need a place."""

    code = "no_place"


class AnsweredOnce(Conflict):
    """You have answered this call-out already."""

    code = "callout_answered"


class NoSuchPerson(Invalid):
    """There is nobody called %(name)s here."""

    code = "no_such_person"


@dataclass(frozen=True)
class Called:
    """Who is meant: all of these together. Degrees CGCS2000."""

    people: tuple[str, ...] = ()
    group: int | None = None
    area: str = ""
    nearest: int = 0
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Said:
    """What is said, and about which case."""

    words: str
    kind: str = CalloutKind.MESSAGE
    case: str = ""
    called: Called = field(default_factory=Called)


@journal.deed()
def call_out(said: Said, *, by: User, now: datetime | None = None) -> Callout:
    """Send a message or call-out to people of the sender's areas.

    Raises NotAllowed, NothingSaid, NobodyCalled, TooManyCalled, NoPlace, NoSuchPerson, NotFound.
    """
    now = now or datetime.now(UTC)
    scope = organisation.scope_of(by)
    organisation.require(scope, organisation.duties.LEAD_PATROLS)
    words = clean_text(said.words, max_length=1000)
    if len(words) < 2:
        raise NothingSaid
    people = called_by(scope, said.called, now)
    if not people:
        raise NobodyCalled
    if len(people) > MOST:
        raise TooManyCalled(most=MOST)
    case = _case(scope, said.case)
    row = Callout.objects.create(
        kind=said.kind,
        words=words,
        area_path=scope.areas(organisation.duties.LEAD_PATROLS)[0],
        lon=said.called.lon,
        lat=said.called.lat,
        case=case,
        sent_by=by,
        sent_at=now,
    )
    Receipt.objects.bulk_create(Receipt(callout=row, person_id=key) for key in sorted(people))
    digest = salted_digest(new_salt(), words)
    told = events.CalloutSent(row.pk, tuple(sorted(people)), said.kind, digest)
    journal.publish(told, by=by, area_path=row.area_path, at=now)
    notices.tell(
        people,
        kind="called_out",
        message=gettext_noop("The centre: %(words)s"),
        params={"words": words[:120]},
        link=MESSAGES,
        subject=f"callout:{row.pk}",
        by=by,
        at=now,
    )
    return row


def called_by(scope: organisation.Scope, called: Called, now: datetime) -> set[int]:
    """Return the keys of who is meant, all of them within the caller's areas.

    An area and the nearest mean people on duty. Raises NoSuchPerson, NotFound, NoPlace.
    """
    found: set[int] = set()
    if called.people:
        found |= _named(scope, called.people)
    if called.group is not None:
        group = queries.groups(scope).filter(pk=called.group).first()
        if group is None:
            raise NotFound
        found |= set(group.members.values_list("person_id", flat=True))
    if called.area:
        path = geography.area(called.area).path
        found |= {each.person_id for each in queries.on_duty(scope, within=path)}
    if called.nearest:
        if called.lon is None or called.lat is None:
            raise NoPlace
        near = queries.nearest(scope, called.lon, called.lat, limit=called.nearest, now=now)
        found |= {each.person_id for each, _ in near}
    return found


@journal.deed()
def answer_callout(
    receipt: Receipt, answer: str, *, note: str = "", by: User, now: datetime | None = None
) -> Receipt:
    """Say that a call-out was read, is accepted or declined; the sender hears it at once.

    Reading it again changes nothing. Raises NotFound, AnsweredOnce.
    """
    now = now or datetime.now(UTC)
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("callout")
    row = rows.filter(pk=receipt.pk, person=by).first()
    if row is None:
        raise NotFound
    if answer not in Answer.values:
        answer = ""
    if answer and row.answer and row.answer != answer:
        raise AnsweredOnce
    is_news = row.read_at is None or (answer and not row.answer)
    row.read_at = row.read_at or now
    if answer and not row.answer:
        row.answer, row.answered_at = answer, now
        row.note = clean_line(note, max_length=300)
    row.save()
    if is_news:
        callout = row.callout
        told = events.CalloutAnswered(callout.pk, (callout.sent_by_id,), answer or "read")
        journal.publish(told, by=by, area_path=callout.area_path, at=now)
    return row


@journal.deed()
def keep_group(name: str, people: Iterable[str], *, group: Group | None = None, by: User) -> Group:
    """Make a group of people of the caller's areas, or change one. Raises NotAllowed, Invalid."""
    scope = organisation.scope_of(by)
    duty = organisation.duties.LEAD_PATROLS
    organisation.require(scope, duty, group.area_path if group else None)
    name = clean_line(name, max_length=60)
    if len(name) < 2:
        raise Invalid("Give the group a name.")
    members = _named(scope, people)
    if group is None:
        path = scope.areas(duty)[0]
        group, _ = Group.objects.get_or_create(name=name, area_path=path)
    group.name = name
    group.save(update_fields=["name"])
    group.members.all().delete()
    GroupMember.objects.bulk_create(
        GroupMember(group=group, person_id=key) for key in sorted(members)
    )
    told = events.GroupKept(group.pk, len(members))
    journal.publish(told, by=by, area_path=group.area_path)
    return group


def _named(scope: organisation.Scope, names: Iterable[str]) -> set[int]:
    wanted = {name for name in names if name}
    known = {each.username: each.pk for each in queries.patrollers(scope)}
    strange = sorted(wanted - known.keys())
    if strange:
        raise NoSuchPerson(name=strange[0][:60])
    return {known[name] for name in wanted}


def _case(scope: organisation.Scope, number: str) -> cases.Case | None:
    if not number:
        return None
    case = cases.by_number(scope, number)
    if case is None:
        raise NotFound
    return case
