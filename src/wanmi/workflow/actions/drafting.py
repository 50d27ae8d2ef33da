"""Drawing the next version of a procedure: save, give up, publish, bring an older one back."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, FieldError, Invalid, NotFound
from wanmi.organisation import queries as organisation

from .. import checking, events
from ..findings import Finding
from ..models import Procedure, ProcedureDraft
from .publishing import digest_of, publish_procedure

Forms = dict[str, dict[str, Any]]


class DraftChanged(Conflict):
    """Somebody else has saved this draft in the meantime; load it again."""

    code = "draft_changed"


class DrawingHasErrors(Invalid):
    """The drawing still has errors; put them right before publishing."""

    code = "drawing_has_errors"


@journal.deed()
def save_draft(
    code: str, drawing: str, forms: Forms, *, seen: int, by: User, at: datetime | None = None
) -> ProcedureDraft:
    """Keep a draft, right or wrong; `seen` is the draft's version the writer began with (0: none).

    Raises DraftChanged when somebody saved in between.
    """
    kept = ProcedureDraft.objects.select_for_update().filter(code=code).first()
    if (kept.version if kept else 0) != seen:
        raise DraftChanged
    draft = kept or ProcedureDraft(code=code, version=0)
    draft.drawing, draft.forms = drawing, forms
    draft.version += 1
    draft.saved_by, draft.saved_at = by, at or datetime.now(UTC)
    draft.save()
    drafted = events.ProcedureDrafted(code, digest_of(drawing, forms))
    journal.publish(drafted, by=by, at=at)
    return draft


@journal.deed()
def discard_draft(code: str, *, by: User, at: datetime | None = None) -> None:
    """Give a draft up; the published versions stay as they are."""
    if ProcedureDraft.objects.filter(code=code).delete()[0]:
        journal.publish(events.ProcedureDrafted(code, ""), by=by, at=at)


@journal.deed()
def publish_draft(code: str, *, by: User, at: datetime | None = None) -> Procedure:
    """Publish the draft as the newest version. Raises DrawingHasErrors with each of them."""
    draft = ProcedureDraft.objects.select_for_update().filter(code=code).first()
    if draft is None:
        raise NotFound
    require_sound(draft.drawing, draft.forms)
    procedure = publish_procedure(code, draft.drawing, draft.forms, by=by, at=at)
    draft.delete()
    return procedure


def require_sound(drawing: str, forms: Forms) -> list[Finding]:
    """Return the warnings of a drawing. Raises DrawingHasErrors when there are errors."""
    found = checking.check(drawing, forms, organisation.role_codes())
    errors = [each for each in found if each.severity == "error"]
    if errors:
        raise DrawingHasErrors(errors=[_told(each, str) for each in errors])
    return found


def _told(finding: Finding, translate: Callable[[str], str]) -> FieldError:
    return {"loc": ["drawing", finding.element], "msg": finding.sentence(translate)}


@journal.deed()
def restore_version(code: str, version: int, *, by: User, at: datetime | None = None) -> Procedure:
    """Publish an earlier version anew, as the newest; nothing is taken back or rewritten."""
    old = Procedure.objects.filter(code=code, version=version, published_at__isnull=False).first()
    if old is None:
        raise NotFound
    return publish_procedure(code, old.drawing, old.forms, restores=version, by=by, at=at)
