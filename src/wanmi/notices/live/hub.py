"""The hub: one reader of the journal per process, one bounded queue per open page.

While somebody listens, the hub waits until the journal grows (`journal.Ear`)
and reads on. Its numbers are gapless in the order of commits, so "everything
behind number n" misses nothing. A page that does not keep up is dropped and
comes back with the number it heard last.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import close_old_connections

from wanmi.journal import queries as journal
from wanmi.journal.events import Entry
from wanmi.shell import metrics

T = TypeVar("T")

log = logging.getLogger(__name__)

WAIT_SECONDS = 1.0
"""After this long the journal is read even when nothing was heard."""
QUEUE = 256
BATCH = 500


@dataclass(eq=False)
class Client:
    """One open stream. `since` is the number from which on the hub feeds its queue."""

    person: int
    wants: Callable[[Entry], bool]
    since: int = 0
    is_dropped: bool = False
    queue: "asyncio.Queue[Entry | None]" = field(
        default_factory=lambda: asyncio.Queue(maxsize=QUEUE)
    )

    def offer(self, entry: Entry) -> None:
        """Queue an entry; drop the client when its queue is full."""
        if self.is_dropped:
            return
        try:
            self.queue.put_nowait(entry)
        except asyncio.QueueFull:
            self.is_dropped = True


class Hub:
    """All open streams of one process."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()
        self._position: int | None = None
        self._pump: asyncio.Task[None] | None = None
        self._joining = asyncio.Lock()
        # One thread, so one database connection, whatever the number of streams.
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")
        self._listener = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-ear")

    async def join(self, client: Client) -> None:
        """Feed a client from now on."""
        async with self._joining:
            if self._pump is None or self._pump.done():
                self._position = await self._ask(journal.head_number)
                self._pump = asyncio.create_task(self._run())
            client.since = self._position or 0
            self.clients.add(client)
            metrics.live_streams.inc()

    def leave(self, client: Client) -> None:
        """Stop feeding a client."""
        if client in self.clients:
            self.clients.discard(client)
            metrics.live_streams.dec()

    def count(self, person: int) -> int:
        """Return how many streams a person has open here."""
        return sum(client.person == person for client in self.clients)

    async def between(self, after: int, until: int) -> Sequence[Entry]:
        """Return the entries behind a number up to another, at most one batch."""
        entries = await self._ask(lambda: journal.after(after, limit=BATCH))
        return [entry for entry in entries if entry.number <= until]

    async def _run(self) -> None:
        ear = journal.Ear()
        while self.clients:
            try:
                await self._in(self._listener, lambda: ear.wait(WAIT_SECONDS))
                await self._hand_out()
            except Exception:
                log.exception("the journal could not be read; trying again")
                await asyncio.sleep(2)
        await self._in(self._listener, ear.close)

    async def _hand_out(self) -> None:
        position = self._position or 0
        for entry in await self._ask(lambda: journal.after(position, limit=BATCH)):
            for client in list(self.clients):
                if client.wants(entry):
                    client.offer(entry)
            self._position = entry.number

    async def _ask(self, question: Callable[[], T]) -> T:
        return await self._in(self._reader, question)

    async def _in(self, thread: ThreadPoolExecutor, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, _asked, question)


def _asked(question: Callable[[], T]) -> T:
    # After a failure the connection is replaced; a healthy one stays.
    close_old_connections()
    return question()
