"""What every view of the hotline asks of a request."""

from typing import cast

from django.http import HttpRequest

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotAllowed, NotFound
from wanmi.organisation import queries as organisation

from .. import queries


def scope_of(request: HttpRequest) -> organisation.Scope:
    """Return what the reader may do."""
    return cast(organisation.Scope, request.scope)  # type: ignore[attr-defined]  # by middleware


def reader(request: HttpRequest) -> User:
    """Return who asks."""
    return cast(User, request.user)


def visible_call(request: HttpRequest, key: int) -> queries.Call:
    """Return a call of the reader's areas. Raises NotFound."""
    call = queries.visible(scope_of(request)).filter(pk=key).first()
    if call is None:
        raise NotFound
    return call


def require_staff(request: HttpRequest) -> None:
    """Let in only who takes calls or leads the shift. Raises NotAllowed."""
    scope, duties = scope_of(request), organisation.duties
    if not (scope.may(duties.TAKE_CALLS) or scope.may(duties.LEAD_SHIFT)):
        raise NotAllowed
