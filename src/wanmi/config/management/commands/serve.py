"""`wanmi serve`: web server and worker under one supervisor."""

import os
import shlex
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from wanmi.config.supervisor import Child, Supervisor
from wanmi.shell.metrics import counted_together

_APPLICATION = "wanmi.config.asgi:application"


class Command(BaseCommand):
    help = "Serve pages, API and live events, with a worker for background jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument("--no-worker", action="store_true", help="no background worker here")
        parser.add_argument(
            "--also",
            action="append",
            default=[],
            metavar="COMMAND",
            help="another wanmi command to keep running beside (may be repeated)",
        )

    def handle(
        self,
        *args: Any,
        host: str,
        port: int,
        workers: int,
        no_worker: bool,
        also: list[str],
        **options: Any,
    ) -> None:
        """Bring the tables up to date, then serve until SIGTERM or SIGINT."""
        call_command("check", verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
        os.environ.update(counted_together(Path(settings.HOME) / "metrics"))
        # The children open their own; a connection must not be shared by a fork.
        connections.close_all()
        children = [Child("web", _web(host, port, workers))]
        if not no_worker:
            children.append(Child("worker", _wanmi("worker")))
        children += [Child(command, _wanmi(*shlex.split(command))) for command in also]
        self.stdout.write(f"Wanmi 万米: http://{host}:{port}/")
        self.stdout.flush()
        Supervisor(children).run()


def _web(host: str, port: int, workers: int) -> list[str]:
    """Return Granian's command line; the kill timeout ends open streams when we stop."""
    flags = f"--interface asgi --host {host} --port {port} --workers {workers} --no-ws"
    flags += " --blocking-threads 1 --respawn-failed-workers --workers-kill-timeout 5"
    flags += " --backlog 2048 --log-level warning --http 1"
    return [sys.executable, "-m", "granian", *flags.split(), _APPLICATION]


def _wanmi(*words: str) -> list[str]:
    return [sys.executable, "-m", "wanmi.config.commandline", *words]
