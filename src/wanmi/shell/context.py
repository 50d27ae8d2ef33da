"""What every page template may use without asking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import menu
from .words import script_words

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "wanmi_theme"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's own facts; menu, bell and areas are asked only where they are shown."""
    return {
        "scope": getattr(request, "scope", None),
        "menu": SimpleLazyObject(lambda: menu.for_request(request)),
        "bell": SimpleLazyObject(lambda: menu.bell_for(request)),
        "areas": SimpleLazyObject(lambda: menu.areas_for(request)),
        "search_url": menu.url_of("shell:search"),
        "theme": theme_of(request),
        "themes": THEMES,
        "signed_in": SimpleLazyObject(lambda: menu.scope_of(request) is not None),
        "viewing": SimpleLazyObject(lambda: _viewing(request)),
        "public_url": menu.url_of("portal:home"),
        "me_url": menu.url_of("accounts:me"),
        "area_url": menu.url_of("organisation:show_area"),
        "sign_out_url": menu.url_of("accounts:sign_out"),
        "live_url": getattr(settings, "LIVE_URL", "/events"),
        "script_words": script_words,
    }


def _viewing(request: HttpRequest) -> Any:
    """Return who is viewed instead of oneself, known once the scope has been looked up."""
    return getattr(request, "viewing", None) if menu.scope_of(request) is not None else None


def theme_of(request: HttpRequest) -> str:
    """Return the theme the reader chose; anything unknown means what the device prefers."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"
