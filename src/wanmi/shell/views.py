"""The reader's own settings of the shell: theme and language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from . import preferences
from .context import THEMES


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the device prefers."""
    chosen = request.POST.get("theme", "auto")
    response = _back(request)
    if chosen in THEMES:
        preferences.keep(request, response, "theme", chosen)
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        preferences.keep(request, response, "language", chosen)
    return response


def _back(request: HttpRequest) -> HttpResponse:
    """Return to the page the reader came from, never to another site."""
    wanted = request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if wanted and allowed else "/")
