"""`wanmi demo`: a living city on an empty machine."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from wanmi.demo import once, tour
from wanmi.demo.building import city, clearing
from wanmi.demo.client import Unexpected
from wanmi.demo.people import ACCOUNTS, PASSWORD
from wanmi.demo.plan.drawing import draw
from wanmi.demo.plan.sizes import SIZES


class Command(BaseCommand):
    help = "Build the demo city where there is none, serve it and keep it alive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--size", choices=sorted(SIZES), default="small")
        parser.add_argument("--cases", type=int, help="cases of the last month, if not the size's")
        parser.add_argument("--fresh", action="store_true", help="begin again with an empty city")
        parser.add_argument("--still", action="store_true", help="without simulated people")
        parser.add_argument("--no-serve", action="store_true", help="build the city and stop")
        parser.add_argument(
            "--once", action="store_true", help="lead one case through all phases and stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and serve, or make the tour."""
        if options["once"]:
            self._tour(options["seed"])
            return
        self._prepare(options)
        if options["no_serve"]:
            return
        self._introduce(options["host"], options["port"])
        address = f"http://{options['host']}:{options['port']}"
        also = [] if options["still"] else [f"demo-people --url {address}"]
        call_command("serve", host=options["host"], port=options["port"], also=also)

    def _prepare(self, options: dict[str, Any]) -> None:
        clearing.take_tables(fresh=options["fresh"])
        found = city.existing()
        if found is None:
            self.stdout.write(_("Building the demo city (%(size)s) in %(home)s")
                              % {"size": options["size"], "home": settings.HOME})  # fmt: skip
            self.stdout.flush()
            city.build(
                options["seed"], options["size"], say=self._say, cases_count=options["cases"]
            )
        elif (found.seed, found.size) != (options["seed"], options["size"]):
            self._say(
                _("The city that is here stays: %(size)s, seed %(seed)d (--fresh begins again).")
                % {"size": found.size, "seed": found.seed}
            )

    def _introduce(self, host: str, port: int) -> None:
        self._say(_("Wanmi demo city: http://%(host)s:%(port)d/") % {"host": host, "port": port})
        self._say(_("Password of every account: %(password)s") % {"password": PASSWORD})
        self._say(
            _("Accounts: %(names)s") % {"names": " ".join(each.username for each in ACCOUNTS)}
        )

    def _tour(self, seed: int) -> None:
        plan = draw(seed, "tiny")
        with once.temporary_home() as home:
            environ = {"WANMI_HOME": str(home), "WANMI_DATABASE_URL": "", "WANMI_MEDIA_ROOT": ""}
            self._build_apart(seed, environ)
            try:
                with once.temporary_server(environ) as url:
                    tour.Tour(url, plan, say=self._say, at=datetime.now(UTC)).lead()
            except (tour.PhaseMissing, Unexpected, once.ServerDidNotStart) as error:
                raise CommandError(f"{type(error).__name__}: {error}") from error
        self._say(_("All seven phases happened."))

    def _build_apart(self, seed: int, environ: dict[str, str]) -> None:
        """Build in a process of its own, whose settings name the temporary folder."""
        words = ["demo", "--no-serve", "--size", "tiny", "--seed", str(seed), "--cases", "0"]
        done = subprocess.run(  # noqa: S603  # our own words
            [sys.executable, "-m", "wanmi.config.commandline", *words],
            env={**os.environ, **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise CommandError(done.stdout + done.stderr)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
