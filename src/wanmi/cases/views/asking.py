"""What every view of this room asks of a request."""

from django.http import HttpRequest

from wanmi.kernel.errors import NotFound
from wanmi.organisation.queries import scope_in

from .. import queries
from ..models import Case


def visible_case(request: HttpRequest, number: str) -> Case:
    """Return a case of the reader's area, or refuse as if it were not there."""
    case = queries.by_number(scope_in(request), number)
    if case is None:
        raise NotFound
    return case
