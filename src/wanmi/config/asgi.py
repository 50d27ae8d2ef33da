"""ASGI entry: `/events` streams live; everything else runs as WSGI in threads.

Django's ASGI handler costs 5–8 times an empty WSGI view, so pages and API go
through threads and only the live stream is asynchronous.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from a2wsgi import WSGIMiddleware

from .wsgi import application as pages

# Not before the settings are named, which `wsgi` does.
from wanmi.notices.live.stream import application as stream  # isort: skip

from django.conf import settings  # isort: skip

_pages = WSGIMiddleware(pages, workers=settings.SERVE_THREADS)  # type: ignore[arg-type]  # Django's own callable

# A thread inside a transaction gives the interpreter away at every statement; with the
# usual 5 ms it would wait that long for each of them while others compute.
sys.setswitchinterval(0.0005)

Message = dict[str, Any]
STREAMS = {"/events": stream}
"""Addresses answered by ASGI applications of rooms; all others by Django."""


async def application(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Route one connection."""

    # Granian hands out callables that are no coroutine functions; a2wsgi needs some.
    async def take() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            # An OSError, as a broken socket gives: half a body must never pass for a whole one.
            raise ConnectionResetError("the sender left before the end of the body")
        return message

    async def give(message: Message) -> None:
        await send(message)

    if scope["type"] != "http":
        return
    if live := STREAMS.get(scope["path"]):
        await live(scope, receive, give)
    else:
        await _pages(_without_look_alikes(scope), take, give)  # type: ignore[arg-type]  # plain dictionaries fit


def _without_look_alikes(scope: Message) -> Message:
    """Drop headers with underscores: WSGI could not tell `X_User` from `X-User`."""
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    return {**scope, "headers": headers}
