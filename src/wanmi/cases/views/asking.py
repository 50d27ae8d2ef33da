"""What every view of this room asks of a request."""

from typing import cast

from django.http import HttpRequest

from wanmi.accounts.queries import User
from wanmi.kernel.errors import NotFound
from wanmi.organisation import queries as organisation

from .. import queries
from ..models import Case


def scope_of(request: HttpRequest) -> organisation.Scope:
    """Return what the reader may do; the middleware has set it."""
    return cast(organisation.Scope, request.scope)  # type: ignore[attr-defined]  # by middleware


def reader(request: HttpRequest) -> User:
    """Return the signed-in reader."""
    return cast(User, request.user)


def visible_case(request: HttpRequest, number: str) -> Case:
    """Return a case of the reader's area, or refuse as if it were not there."""
    case = queries.by_number(scope_of(request), number)
    if case is None:
        raise NotFound
    return case
