"""`request.scope`: what the person behind a request may do, asked once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .queries import scope_of


class RequestScope:
    """Gives every request its scope, looked up when first used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Read late: the API signs a bearer in after the middleware has run.
        request.scope = SimpleLazyObject(lambda: scope_of(request.user))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)
