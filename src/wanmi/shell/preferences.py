"""The reader's theme and language: kept in cookies, and by whoever keeps them for longer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .context import THEME_COOKIE, THEMES

YEAR_S = 365 * 86_400

Keeper = Callable[[HttpRequest, str, str], None]
"""Keeps a preference ("theme" or "language") of the person behind a request."""

_keepers: list[Keeper] = []


def offer_keeper(keeper: Keeper) -> None:
    """Let a room that knows people keep their preferences for other browsers."""
    _keepers[:] = [keeper]


def keep(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    """Keep a preference in this browser, and with the person where somebody is signed in."""
    set_cookie(response, name, value)
    for keeper in _keepers:
        keeper(request, name, value)


def set_cookie(response: HttpResponse, name: str, value: str) -> None:
    """Set the cookie of a preference; an unusable value changes nothing."""
    if value not in _choices(name):
        return
    cookie = THEME_COOKIE if name == "theme" else settings.LANGUAGE_COOKIE_NAME
    response.set_cookie(cookie, value, max_age=YEAR_S, samesite="Lax", secure=settings.HTTPS)


def _choices(name: str) -> tuple[str, ...]:
    return THEMES if name == "theme" else tuple(dict(settings.LANGUAGES))
