"""A live stream opened and left at once, in this process, as a client's session would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch

from django.http import HttpResponse
from django.test import Client

from wanmi.notices.live import stream

Message = dict[str, Any]


def opened(
    client: Client,
    path: str,
    application: Callable[..., Awaitable[None]],
    *,
    method: str = "GET",
) -> HttpResponse:
    """Return how the application answers, with what it said before the reader left."""
    sent: list[Message] = []
    scope = _scope(client, path, method)
    # Asked before the loop runs: a coroutine has database connections of its own.
    admitted = _admitted(scope)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def admit(_question: Callable[[], Any]) -> Any:
        if isinstance(admitted, stream.Turned):
            raise admitted
        return admitted

    with patch.object(stream, "_in_thread", admit), patch.object(stream, "_hub", _Silent):
        asyncio.run(application(scope, receive, send))  # type: ignore[arg-type]  # a coroutine
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent)
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return HttpResponse(body, status=start["status"], headers=headers)


class _Silent:
    """A hub in which nothing happens."""

    def __init__(self, _loop: object) -> None:
        """Take the place of a loop's hub."""

    def count(self, _person: int) -> int:
        return 0

    async def join(self, _client: object) -> None:
        """Feed nobody."""

    def leave(self, _client: object) -> None:
        """Forget nobody."""


def _admitted(scope: Message) -> Any:
    try:
        return stream._admit(scope)
    except stream.Turned as turned:
        return turned


def _scope(client: Client, path: str, method: str) -> Message:
    cookies = "; ".join(f"{name}={value.value}" for name, value in client.cookies.items())
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver"), (b"cookie", cookies.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
