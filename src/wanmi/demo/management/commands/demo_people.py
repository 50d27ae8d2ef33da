"""`wanmi demo-people`: the simulated people of the demo city, as clients of its interface."""

import logging
import signal
import threading
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from wanmi.demo.building import city
from wanmi.demo.living import Colleague, town
from wanmi.demo.patrolling import Patrol
from wanmi.demo.people import ACCOUNTS
from wanmi.demo.plan.drawing import draw
from wanmi.organisation import queries as organisation

log = logging.getLogger(__name__)

WALK_SECONDS = 20.0
ROLES = ("supervisor", "acceptor", "duty_leader", "dispatcher", "department", "handler")


class Command(BaseCommand):
    help = "Keep the demo city alive with simulated people (run by `demo`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000")
        parser.add_argument("--report-seconds", type=float, default=25.0)
        parser.add_argument("--work-seconds", type=float, default=1.5)

    def handle(
        self, *args: Any, url: str, report_seconds: float, work_seconds: float, **options: Any
    ) -> None:
        """Report and work until SIGTERM or SIGINT."""
        found = city.existing()
        if found is None:
            self.stderr.write("no demo city here")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        people = town(draw(found.seed, found.size), url, colleagues(), seed=found.seed)
        patrol = Patrol(people.teller.plan, people.person, walkers(), people.random)
        connections.close_all()
        next_report = next_walk = 0.0
        clock = datetime.now(UTC).timestamp
        while not stop.wait(work_seconds):
            now = datetime.now(UTC)
            if clock() >= next_report:
                people.report(now)
                next_report = clock() + report_seconds * float(people.random.uniform(0.5, 1.6))
            people.work(now)
            if clock() >= next_walk:
                patrol.walk(now)
                next_walk = clock() + WALK_SECONDS


def colleagues() -> list[Colleague]:
    """Return everybody who works here but the demo accounts, and a citizen."""
    told = {each.username for each in ACCOUNTS}
    found = [Colleague("citizen", "citizen")]
    for role in ROLES:
        people = organisation.people(set(organisation.holders(role, None, "")))
        names = sorted(person.username for person in people.values())
        found += [Colleague(name, role) for name in names if name not in told]
    return found


def walkers() -> list[str]:
    """Return the supervisors that patrol: all but the demo account, who is left to visitors."""
    return [each.username for each in colleagues() if each.role == "supervisor"][:8]
