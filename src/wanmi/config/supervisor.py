"""One parent for several processes: starts them, restarts what dies, stops them together."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

STOP_SECONDS = 12.0
_POLL_SECONDS = 0.2
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A process to be kept running: its name in the log and its command line."""

    name: str
    words: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    environ: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start it in a session of its own, so that the terminal's Ctrl-C reaches only us."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  # our own words
            self.words,
            env={**os.environ, **self.environ},
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def rest_seconds(self) -> float:
        """Return how long to wait before the next start: longer the faster it died."""
        if time.monotonic() - self.started > 30:
            self.failures = 0
        self.failures += 1
        return float(min(0.2 * 2**self.failures, 10.0))


class Supervisor:
    """Runs children until told to stop by SIGTERM or SIGINT."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = list(children)
        self._stop = threading.Event()
        self._due: dict[str, float] = {}

    def run(self) -> None:
        """Start all children and watch over them until a signal comes."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        try:
            for child in self.children:
                child.start()
            while not self._stop.wait(_POLL_SECONDS):
                for child in self.children:
                    self._look_after(child)
        finally:
            self._end()

    def _look_after(self, child: Child) -> None:
        if child.name in self._due:
            if time.monotonic() >= self._due[child.name]:
                del self._due[child.name]
                child.start()
        elif child.process is not None and child.process.poll() is not None:
            log.error("%s ended (%s) and is started again", child.name, child.process.returncode)
            self._due[child.name] = time.monotonic() + child.rest_seconds()

    def _end(self) -> None:
        """Ask all to stop, and insist after a while."""
        running = [c.process for c in self.children if c.process and c.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _die_with_parent() -> None:
    """Have the kernel stop this child when its parent is killed outright."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
