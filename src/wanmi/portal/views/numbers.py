"""The public's figures."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ..figures import figures
from .answering import page


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Show how much comes in, what about, where, and how soon it is answered."""
    return page(request, "portal/numbers.html", {"figures": figures(), "here": "numbers"})
