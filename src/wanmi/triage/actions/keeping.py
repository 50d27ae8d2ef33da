"""Which version is in force: a person's decision, each journalled."""

from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict

from .. import events
from ..models import Model, State


class NotTrained(Conflict):
    """This version is not trained yet, or its training failed."""

    code = "not_trained"


@journal.deed()
def activate(model: Model, *, by: User | None, at: datetime | None = None) -> Model:
    """Put a version in force, a newer one or an older one again. Raises NotTrained."""
    at = at or datetime.now(UTC)
    if model.state != State.READY:
        raise NotTrained
    current = Model.objects.select_for_update().defer("weights").filter(is_in_force=True).first()
    if current is not None and current.pk == model.pk:
        return model
    Model.objects.filter(is_in_force=True).update(is_in_force=False)
    Model.objects.filter(pk=model.pk).update(is_in_force=True, in_force_since=at)
    event = events.ModelActivated(model.pk, current.pk if current is not None else 0)
    journal.publish(event, by=by, at=at)
    model.is_in_force, model.in_force_since = True, at
    return model


@journal.deed()
def withdraw(model: Model, *, by: User, at: datetime | None = None) -> Model:
    """Take a version out of force: nothing is suggested until another one is."""
    at = at or datetime.now(UTC)
    if Model.objects.filter(pk=model.pk, is_in_force=True).update(is_in_force=False):
        journal.publish(events.ModelWithdrawn(model.pk), by=by, at=at)
    model.is_in_force = False
    return model
