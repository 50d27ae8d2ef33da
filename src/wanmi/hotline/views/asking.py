"""What every view of the hotline asks of a request."""

from django.http import HttpRequest

from wanmi.kernel.errors import NotAllowed, NotFound
from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in

from .. import queries


def visible_call(request: HttpRequest, key: int) -> queries.Call:
    """Return a call of the reader's areas. Raises NotFound."""
    call = queries.visible(scope_in(request)).filter(pk=key).first()
    if call is None:
        raise NotFound
    return call


def require_staff(request: HttpRequest) -> None:
    """Let in only who takes calls or leads the shift. Raises NotAllowed."""
    scope, duties = scope_in(request), organisation.duties
    if not (scope.may(duties.TAKE_CALLS) or scope.may(duties.LEAD_SHIFT)):
        raise NotAllowed
