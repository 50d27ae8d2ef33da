"""What somebody reported from this device."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from .answering import page


@require_safe
@ensure_csrf_cookie
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reports whose codes this browser keeps; the server knows none of them."""
    return page(request, "portal/mine.html", {"here": "mine"})
