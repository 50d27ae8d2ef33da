"""Waiting until the journal may have grown.

PostgreSQL tells it: whoever appends notifies a channel, and the news arrives
with the commit. SQLite keeps a number that changes when another connection has
committed; asking for it costs some microseconds and reads no table.
"""

import logging
import time
from typing import Any

from django.db import connection

log = logging.getLogger(__name__)

CHANNEL = "wanmi_journal"
LOOK_SECONDS = 0.02
"""How often SQLite is asked."""
RETRY_SECONDS = 1.0


class Ear:
    """Hears the journal grow, for one thread: it holds a connection of its own."""

    def __init__(self) -> None:
        self._line: Any = None  # psycopg's connection; the package is only imported where used
        self._seen: int | None = None

    def wait(self, seconds: float) -> bool:
        """Return True as soon as something may have been appended, False after `seconds`.

        The first call always says True, so that nothing before it is missed; a
        False is no promise either where a pooler swallows notifications.
        """
        if connection.vendor == "sqlite":
            return self._look(seconds)
        try:
            return self._listen(seconds)
        except Exception:
            log.exception("the journal cannot be listened to; looking from time to time")
            self.close()
            time.sleep(min(seconds, RETRY_SECONDS))
            return True

    def close(self) -> None:
        """Give the connection back."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _look(self, seconds: float) -> bool:
        ends = time.monotonic() + seconds
        while True:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA data_version")
                found = cursor.fetchone()[0]
            if found != self._seen:
                self._seen = found
                return True
            if time.monotonic() >= ends:
                return False
            time.sleep(LOOK_SECONDS)

    def _listen(self, seconds: float) -> bool:
        if self._line is None:
            self._line = _dial()
            return True
        heard = False
        for _ in self._line.notifies(timeout=seconds, stop_after=1):
            heard = True
        return heard


def _dial() -> Any:
    import psycopg

    given = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):  # Django's own, for its queries only
        given.pop(ours, None)
    line = psycopg.connect(**given, autocommit=True)
    line.execute(f"LISTEN {CHANNEL}")
    return line
