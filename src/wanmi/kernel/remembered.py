"""Answers kept in this process for a few seconds.

For what is asked many times a second and changes a few times a year. A change
made in this process is forgotten at once by whoever made it; one made in
another process shows within the freshness.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakSet

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

FRESH_SECONDS = 5.0
MOST = 5_000


class Remembered(Generic[Key, Value]):
    """Answers by key, each fresh for some seconds; at most `MOST` of them."""

    _all: "WeakSet[Remembered[Hashable, object]]" = WeakSet()

    def __init__(self, *, fresh_seconds: float = FRESH_SECONDS) -> None:
        self._fresh = fresh_seconds
        self._known: dict[Key, tuple[float, Value]] = {}
        self._lock = threading.Lock()
        Remembered._all.add(self)  # type: ignore[arg-type]  # of any key and value

    def get(self, key: Key, find: Callable[[], Value]) -> Value:
        """Return the answer to a key, finding it anew when it is no longer fresh."""
        now = time.monotonic()
        known = self._known.get(key)
        if known is not None and now - known[0] < self._fresh:
            return known[1]
        value = find()
        with self._lock:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[key] = (now, value)
        return value

    def forget(self) -> None:
        """Find everything anew."""
        with self._lock:
            self._known.clear()


def forget_everything() -> None:
    """Let every memory of this process find its answers anew."""
    for each in list(Remembered._all):
        each.forget()
