"""The reader's own settings of the shell: theme and language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from . import pages, preferences
from .context import THEMES


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or as the device prefers."""
    chosen = request.POST.get("theme", "auto")
    response = pages.back(request)
    if chosen in THEMES:
        preferences.keep(request, response, "theme", chosen)
    return response


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language."""
    chosen = request.POST.get("language", "")
    response = pages.back(request)
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        preferences.keep(request, response, "language", chosen)
    return response
