"""Filing: a matter becomes a case, or joins the case that somebody else has reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.cases import actions as cases
from wanmi.cases import queries as known_cases
from wanmi.evidence import actions as evidence
from wanmi.evidence import queries as kept_evidence
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict

from .. import events
from ..doors import door
from ..models import Contact, State
from .answering import tell


class AlreadyFiled(Conflict):
    """This matter has become case %(number)s already."""

    code = "already_filed"


@dataclass(frozen=True)
class CaseDetails:
    """What a case needs beside the words; the class may be left to the acceptor."""

    kind: str = ""
    category: str = ""
    part: str = ""
    source: str = ""


@journal.deed()
def file(
    contact: Contact, details: CaseDetails, *, by: User | None, at: datetime | None = None
) -> known_cases.Case:
    """Make a case of a matter that waits. Raises AlreadyFiled and what `cases.report` raises."""
    at = at or datetime.now(UTC)
    _require_unfiled(contact)
    media = [each.id for each in kept_evidence.of_subject(f"contact:{contact.pk}")]
    return open_case(contact, details, media=media, by=by, at=at)


@journal.deed()
def join(
    contact: Contact, case: known_cases.Case, *, by: User | None, at: datetime | None = None
) -> Contact:
    """Let a matter follow the case that holds the same problem. Raises AlreadyFiled."""
    at = at or datetime.now(UTC)
    _require_unfiled(contact)
    _put_into(contact, case, joined=True, by=by, at=at)
    tell(contact, "joined", at=at)
    return contact


def open_case(
    contact: Contact,
    details: CaseDetails,
    *,
    media: Sequence[int],
    by: User | None,
    at: datetime,
) -> known_cases.Case:
    """Report the problem of a matter, in the transaction of the deed around it."""
    person = contact.said_by
    reporter = None
    if person is not None:
        reporter = cases.Reporter(person.name, person.phone, person.email)
    case = cases.report(
        contact.words,
        lon=contact.lon,
        lat=contact.lat,
        address=contact.address,
        kind=details.kind,
        category=details.category,
        part=details.part,
        source=details.source or door(contact.door).source,
        reporter=reporter,
        tracking_code=contact.tracking_code,
        by=by,
        at=at,
    )
    if media:
        # They were handed in with the matter, by whoever that was.
        evidence.attach(
            media,
            subject=f"case:{case.pk}",
            purpose="report",
            step="report",
            by=None,
            at=at,
            area_path=case.area_path,
        )
    _put_into(contact, case, joined=False, by=by, at=at)
    return case


def _put_into(
    contact: Contact, case: known_cases.Case, *, joined: bool, by: User | None, at: datetime
) -> None:
    contact.case, contact.joined, contact.state = case, joined, State.IN_CASE
    contact.area_path = case.area_path
    contact.version += 1
    contact.save(update_fields=["case", "joined", "state", "area_path", "version"])
    event = events.ContactFiled(contact.pk, contact.number, case.pk, joined)
    journal.publish(event, by=by or "public", area_path=contact.area_path, at=at)


def _require_unfiled(contact: Contact) -> None:
    if contact.case is not None:
        raise AlreadyFiled(number=contact.case.number)
