"""Notes: what somebody saw or did at a case that no step of it takes up any more."""

from collections.abc import Sequence
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.evidence import actions as evidence
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.kernel.text import clean_text
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow

from .. import events
from ..models import Case
from ..queries import may_see

LONGEST_NOTE = 5000
_MAY = (organisation.duties.WORK_TASKS, organisation.duties.REPORT)


def add_note(
    case: Case, words: str, *, media: Sequence[int] = (), by: User, at: datetime | None = None
) -> None:
    """Keep a note on a case, open or ended, with photographs; it changes no state and no clock.

    For whoever works or reports and may see the case. Raises NotAllowed, ForeignMedia.
    """
    scope = organisation.scope_of(by)
    if not may_see(scope, case) or not any(scope.may(duty) for duty in _MAY):
        raise NotAllowed
    words = clean_text(words, max_length=LONGEST_NOTE)
    if len(words) < 2:
        raise Invalid("Say what you saw or did.")
    _enter(case, words, media, by, at or datetime.now(UTC))


@journal.deed()
def _enter(case: Case, words: str, media: Sequence[int], by: User, at: datetime) -> None:
    subject = f"case:{case.pk}"
    names = ("情况说明", "Note")
    digest = workflow.log_beside(
        subject, "note", names=names, opinion=words, since=at, by=by, at=at
    )
    if media:
        evidence.attach(media, subject=subject, purpose="note", by=by, at=at)
    event = events.NoteAdded(case.pk, case.number, digest, tuple(media))
    journal.publish(event, by=by, area_path=case.area_path, at=at)
