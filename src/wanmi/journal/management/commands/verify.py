"""`wanmi verify`: is everything still what was recorded?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanmi.journal.checks import Finding, verify


class Command(BaseCommand):
    help = "Walk the journal's chain and all media; name the first break and end with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="name every fault, not the first")

    def handle(self, *args: Any, all: bool, **options: Any) -> None:  # the option's name
        """Print one line a check."""
        findings = verify()
        for finding in findings:
            self._tell(finding, all)
        if any(finding.faults for finding in findings):
            raise CommandError("what is stored is not what was recorded", returncode=1)

    def _tell(self, finding: Finding, everything: bool) -> None:
        if not finding.faults:
            self.stdout.write(f"{finding.name}: {finding.checked} checked, whole")
            return
        for fault in finding.faults if everything else finding.faults[:1]:
            self.stdout.write(f"{finding.name}: BROKEN at {fault}")
        if not everything and len(finding.faults) > 1:
            self.stdout.write(f"{finding.name}: and {len(finding.faults) - 1} more (--all)")
