"""Publishing a version of a drawing with its forms."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from wanmi.journal import actions as journal

from .. import engine, events
from ..drawing import Drawing, UnusableDrawing, read
from ..models import Procedure


@journal.deed()
def publish_procedure(
    code: str,
    drawing: str,
    forms: dict[str, dict[str, Any]],
    *,
    restores: int | None = None,
    by: journal.Actor = None,
    at: datetime | None = None,
) -> Procedure:
    """Publish a drawing as the newest version; the same content again changes nothing.

    `restores` names the earlier version brought back. Running instances stay
    on the version they began with. Raises UnusableDrawing with the reason.
    """
    digest = digest_of(drawing, forms)
    newest = Procedure.objects.filter(code=code).order_by("-version").first()
    if newest is not None and newest.digest == digest:
        return newest
    said = read(drawing)
    _check_forms(said, forms)
    engine.specs_of(digest, drawing)
    procedure = Procedure.objects.create(
        code=code,
        version=newest.version + 1 if newest else 1,
        name_zh=said.name_zh,
        name_en=said.name_en,
        drawing=drawing,
        forms=forms,
        digest=digest,
        published_at=at or datetime.now(UTC),
        published_by_id=getattr(by, "pk", None),
        restores=restores,
    )
    event = events.ProcedurePublished(procedure.pk, code, procedure.version, digest, restores)
    journal.publish(event, by=by, at=at)
    return procedure


def digest_of(drawing: str, forms: dict[str, dict[str, Any]]) -> str:
    """Return what tells one version from another."""
    text = drawing + json.dumps(forms, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _check_forms(said: Drawing, forms: dict[str, dict[str, Any]]) -> None:
    for step in said.steps.values():
        for outcome in step.outcomes:
            if outcome.form and outcome.form not in forms:
                raise UnusableDrawing(reason=f"form {outcome.form} of step {step.id} is missing")
    for name, form in forms.items():
        try:
            Draft202012Validator.check_schema(form)
        except SchemaError as error:
            raise UnusableDrawing(reason=f"form {name}: {error.message}") from error
