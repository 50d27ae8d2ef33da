"""Shirking (推诿): a groundless return is determined, counted and told."""

from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_text
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks

from .. import events, queries
from ..models import Case, Shirking


class NoGroundlessReturn(Conflict):
    """Only a return that was asked for and refused can be called shirking, once."""

    code = "no_groundless_return"


def determine_shirking(
    case: Case, request: int, words: str, *, by: User, at: datetime | None = None
) -> Shirking:
    """Determine that a refused return was groundless; needs the duty over the case's area.

    `request` is the key of the refused return. Raises NoGroundlessReturn.
    """
    at = at or datetime.now(UTC)
    organisation.require(organisation.scope_of(by), organisation.duties.COORDINATE, case.area_path)
    words = clean_text(words, max_length=2000)
    if len(words) < 2:
        raise Invalid("Give a reason.")
    refused = next((row for row in queries.open_returns(case) if row.pk == request), None)
    if refused is None:
        raise NoGroundlessReturn
    return _enter(case, refused, words, by, at)


@journal.deed()
def _enter(case: Case, refused: tasks.Adjustment, words: str, by: User, at: datetime) -> Shirking:
    department = refused.task.body_id if refused.task else case.department_id
    if department is None:
        raise NoGroundlessReturn
    row = Shirking.objects.create(
        case=case,
        body_id=department,
        request=refused,
        words=words,
        salt=new_salt(),
        determined_by=by,
        determined_at=at,
    )
    digest = salted_digest(row.salt, words)
    event = events.ShirkingDetermined(case.pk, case.number, refused.pk, department, digest)
    journal.publish(event, by=by, area_path=case.area_path, at=at)
    return row
