"""`wanmi worker`: hears the news and does the jobs, until it is told to stop."""

import logging
import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from wanmi.journal import actions as journal
from wanmi.journal import queries

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.2
AFTER_FAILURE_SECONDS = 2.0


class Command(BaseCommand):
    help = "Do background work: listeners and jobs. Any number may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Work until SIGTERM or SIGINT; what is being done is finished first."""
        journal.schedule_periodic()
        if once:
            while _work():
                pass
            return
        stop = threading.Event()

        def told(number: int, frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, told)
        signal.signal(signal.SIGINT, told)
        ear = queries.Ear()
        while not stop.is_set():
            _round(ear, stop)


def _round(ear: queries.Ear, stop: threading.Event) -> None:
    """Do what there is to do; with nothing left, rest until the journal grows or a job is due."""
    try:
        close_old_connections()
        if not _work():
            ear.wait(IDLE_SECONDS)
    except Exception:
        log.exception("a round of work failed; going on")
        stop.wait(AFTER_FAILURE_SECONDS)


def _work() -> int:
    return journal.hear_news() + journal.do_due_jobs()
