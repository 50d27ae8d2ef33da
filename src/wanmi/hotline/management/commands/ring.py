"""`wanmi ring`: a simulated telephone system that rings the hotline desk."""

import time
import urllib.error
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wanmi.hotline.simulator import Line, post_to, tone


class Command(BaseCommand):
    help = "Ring the hotline desk as a simulated telephone system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000")
        parser.add_argument("--caller", default="13812345678")
        parser.add_argument("--agent", default="", help="account or extension; else who is ready")
        parser.add_argument("--answer", type=float, default=3.0, metavar="SECONDS")
        parser.add_argument("--talk", type=float, default=5.0, metavar="SECONDS")
        parser.add_argument("--transfer", default="", metavar="AGENT")
        parser.add_argument("--lost", action="store_true", help="hang up before an answer")
        parser.add_argument("--times", type=int, default=1)

    def handle(self, *args: Any, url: str, caller: str, times: int, **wanted: Any) -> None:
        """Ring so many times, one call after the other."""
        for _ in range(times):
            line = Line(post_to(url), settings.HOTLINE_SECRET, caller)
            try:
                self._play(line, **wanted)
            except urllib.error.HTTPError as refused:
                raise CommandError(f"{refused.code}: {refused.read(500).decode()}") from refused
            except OSError as error:
                raise CommandError(f"{url}: {error}") from error

    def _play(self, line: Line, **wanted: Any) -> None:
        named = {"agent": wanted["agent"]} if wanted["agent"] else {}
        self._say(line.tell("ringing", **named))
        time.sleep(wanted["answer"])
        if wanted["lost"]:
            self._say(line.tell("ended"))
            return
        self._say(line.tell("answered", **named))
        if wanted["transfer"]:
            self._say(line.tell("transferred", agent=wanted["transfer"]))
        time.sleep(wanted["talk"])
        self._say(line.tell("ended"))
        line.tell("recording")
        line.hand_in(tone())

    def _say(self, told: dict[str, Any]) -> None:
        self.stdout.write(f"{told['call']} {told['state']} {told['agent'] or '–'}")
