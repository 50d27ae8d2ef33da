"""ASGI entry: `/events` streams live; everything else runs as WSGI in threads.

Django's ASGI handler costs 5–8 times an empty WSGI view, so only the live
stream uses it.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanmi.config.settings")

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application

from .wsgi import application as pages

_streams = get_asgi_application()
_pages = WSGIMiddleware(pages, workers=8)  # type: ignore[arg-type]  # Django's own callable

Message = dict[str, Any]


async def application(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Route one connection."""

    # Granian hands out callables that are no coroutine functions; a2wsgi needs some.
    async def take() -> Message:
        return await receive()

    async def give(message: Message) -> None:
        await send(message)

    if scope["type"] == "http" and scope["path"] == "/events":
        await _streams(scope, take, give)
    elif scope["type"] == "http":
        await _pages(scope, take, give)  # type: ignore[arg-type]  # plain dictionaries fit
