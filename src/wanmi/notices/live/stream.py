"""`/events`: who asks, what they missed, then what happens, until they leave.

A bare ASGI application beside Django's: a stream may stay open for minutes, and
neither a thread nor a database connection is held by it meanwhile.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import get_language_from_request, gettext, override

from wanmi.accounts import queries as accounts
from wanmi.journal.events import Entry
from wanmi.organisation import queries as organisation

from .hearing import changes_rights, may_hear
from .hub import BATCH, Client, Hub

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PING_SECONDS = 15
LIFE_SECONDS = 300
"""After this long a stream ends and comes back, so that a lapsed sign-in is noticed."""
MISSED = 5_000
"""Whoever missed more is told to ask for everything again."""
STREAMS_PER_PERSON = 20

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
]


class Turned(Exception):  # an answer, not an error
    """The stream is refused with a status, a code and a sentence."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        self.status, self.code, self.sentence = status, code, sentence
        super().__init__(code)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one request for `/events`."""
    try:
        person, last = await _in_thread(lambda: _admit(scope))
        hub = _hub(asyncio.get_running_loop())
        if hub.count(person.user_id) >= STREAMS_PER_PERSON:
            raise Turned(429, "too_many_streams", "")
    except Turned as turned:
        await _turn_away(send, turned)
        return
    client = Client(
        person.user_id,
        lambda entry: may_hear(person, entry) or changes_rights(person, entry),
    )
    await hub.join(client)
    try:
        await _serve(hub, client, person, last, receive, send)
    finally:
        hub.leave(client)


def _admit(scope: Message) -> tuple[Any, int | None]:
    """Return who asks (their Scope) and the number they heard last; refuse strangers."""
    request = ASGIRequest(scope, BytesIO())
    with override(get_language_from_request(request)):
        if request.method != "GET":
            raise Turned(405, "method_not_allowed", gettext("There is nothing here."))
        try:
            request.get_host()
        except SuspiciousOperation:
            raise Turned(400, "bad_request", gettext("There is nothing here.")) from None
        _recall_session(request)
        user = accounts.caller(request)
        if user is None:
            raise Turned(401, "not_signed_in", gettext("Sign in first."))
        person = organisation.scope_of(user)
        if not person.holdings:
            raise Turned(403, "not_allowed", gettext("You are not allowed to do this."))
        return person, _last_number(request)


def _recall_session(request: ASGIRequest) -> None:
    from django.conf import settings

    engine = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    request.session = engine(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = SimpleLazyObject(lambda: get_user(request))  # type: ignore[assignment]  # as Django's middleware does


def _last_number(request: ASGIRequest) -> int | None:
    text = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


async def _serve(
    hub: Hub, client: Client, person: Any, last: int | None, receive: Receive, send: Send
) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    gone = asyncio.create_task(_disconnected(receive))
    try:
        await _write(send, "retry: 2000\n: welcome\n\n")
        async for text in _replay(hub, client, person, last):
            await _write(send, text)
        await _follow(client, person, gone, send)
    finally:
        gone.cancel()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _replay(hub: Hub, client: Client, person: Any, last: int | None) -> AsyncIterator[str]:
    """Give what happened between the number heard last and the hub's position."""
    if last is None or last >= client.since:
        return
    if client.since - last > MISSED:
        yield f"id: {client.since}\nevent: reset\ndata: {{}}\n\n"
        return
    while last < client.since:
        entries = await hub.between(last, client.since)
        for entry in entries:
            if may_hear(person, entry):
                yield _event(entry)
        last = entries[-1].number if len(entries) == BATCH else client.since


async def _follow(client: Client, person: Any, gone: "asyncio.Task[None]", send: Send) -> None:
    """Send what happens until the reader leaves, is dropped, or the time is up."""
    ends = time.monotonic() + LIFE_SECONDS
    while not client.is_dropped and time.monotonic() < ends:
        waiting = asyncio.ensure_future(client.queue.get())
        await asyncio.wait(
            {waiting, gone}, timeout=PING_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if gone.done():
            waiting.cancel()
            return
        if not waiting.done():
            waiting.cancel()
            await _write(send, ": ping\n\n")
            continue
        entry = waiting.result()
        if entry is None or changes_rights(person, entry):
            return
        await _write(send, _event(entry))


def _event(entry: Entry) -> str:
    """Say that something changed; what it is now, the page asks for itself."""
    news = {
        "number": entry.number,
        "kind": entry.kind,
        "subject": entry.subject,
        "area": entry.area_path,
    }
    return f"id: {entry.number}\ndata: {json.dumps(news, separators=(',', ':'))}\n\n"


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _turn_away(send: Send, turned: Turned) -> None:
    problem = {
        "type": "about:blank",
        "status": turned.status,
        "code": turned.code,
        "detail": turned.sentence,
    }
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    if turned.status == 405:
        headers.append((b"allow", b"GET"))
    await send({"type": "http.response.start", "status": turned.status, "headers": headers})
    body = json.dumps(problem, ensure_ascii=False).encode()
    await send({"type": "http.response.body", "body": body, "more_body": False})


_doormen = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live-door")


async def _in_thread(question: Callable[[], Any]) -> Any:
    def ask() -> Any:
        close_old_connections()
        return question()

    return await asyncio.get_running_loop().run_in_executor(_doormen, ask)


@cache
def _hub(loop: asyncio.AbstractEventLoop) -> Hub:
    """Return the hub of a running loop: one per worker process."""
    return Hub()
