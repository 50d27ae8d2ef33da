"""What a browser asks of us: our key, to be rung about something, to be left in peace."""

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Refused, TooOften
from wanmi.shell import addresses, pages
from wanmi.shell.api import problem

from . import keys
from .subscribing import (
    Browser,
    UnusableSubscription,
    is_subscribed,
    subscribe,
    topic_of,
    topic_of_user,
    unsubscribe,
)

ASKS = journal.RateLimit("notices.push", 60, 3600)
"""Questions and wishes of one address within an hour."""
MOST_BYTES = 4000
_WORKER = Path(__file__).resolve().parents[2] / "shell/static/shell/rung.js"


@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """Answer the key by which browsers know the city."""
    return JsonResponse({"key": keys.public_key()})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the service worker of pages that have none of their own."""
    response = HttpResponse(_WORKER.read_text(encoding="utf-8"), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Say whether this browser is rung about a topic."""
    return _answer(request, lambda given, topic: is_subscribed(_text(given, "endpoint"), topic))


@require_POST
def on(request: HttpRequest) -> HttpResponse:
    """Have this browser rung about a topic, or about the reader's own inbox."""

    def do(given: dict[str, Any], topic: str) -> bool:
        secrets = given.get("keys")
        if not isinstance(secrets, dict):
            raise UnusableSubscription
        p256dh, auth = _text(secrets, "p256dh"), _text(secrets, "auth")
        browser = Browser(_text(given, "endpoint"), p256dh, auth, get_language() or "zh-hans")
        subscribe(browser, topic, link=_text(given, "link"))
        return True

    return _answer(request, do)


@require_POST
def off(request: HttpRequest) -> HttpResponse:
    """Ring this browser no more about a topic."""

    def do(given: dict[str, Any], topic: str) -> bool:
        unsubscribe(_text(given, "endpoint"), topic)
        return False

    return _answer(request, do)


def _answer(request: HttpRequest, do: Any) -> HttpResponse:
    try:
        ASKS.take(addresses.client_group(request))
        given = _read(request)
        return JsonResponse({"on": do(given, _topic(request, _text(given, "topic")))})
    except Refused as refusal:
        answer = problem(refusal.status, refusal.code, pages.sentence(refusal))
        if isinstance(refusal, TooOften):
            answer["Retry-After"] = str(refusal.retry_after)
        return answer


def _topic(request: HttpRequest, token: str) -> str:
    """Return what it is about: the token's topic, without one the reader's own inbox."""
    if token:
        return topic_of(token)
    if not request.user.is_authenticated or request.user.pk is None:
        raise UnusableSubscription
    return topic_of_user(request.user.pk)


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body) if len(request.body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UnusableSubscription
    return given


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str) or "\0" in value:
        raise UnusableSubscription
    return value
