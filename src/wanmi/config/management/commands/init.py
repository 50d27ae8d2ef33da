"""`wanmi init`: the first set-up of a real city."""

import getpass
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wanmi.config.founding import found_city
from wanmi.kernel.errors import Invalid


class PasswordsDiffer(Invalid):
    """The two passwords differ; nothing was set up."""

    code = "passwords_differ"


class Command(BaseCommand):
    help = "Set a real city up: tables, what ships, the city, its bureau and its administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--city-code", required=True, help="division code, as in 1101")
        parser.add_argument("--city-name", required=True, help="its name in Chinese")
        parser.add_argument("--city-name-en", default="", help="its name in English")
        parser.add_argument("--admin", default="admin", help="sign-in name of the administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up and say how to go on."""
        call_command("migrate", verbosity=0)
        found_city(
            code=options["city_code"],
            name_zh=options["city_name"],
            name_en=options["city_name_en"],
            username=options["admin"],
            password=self._password(),
            title=_("Administrator"),
        )
        self.stdout.write(_("The city is set up. Import its areas and grids, then its people."))

    def _password(self) -> str:
        """Return the password from the environment, or asked twice; never from the command line."""
        given = os.environ.get("WANMI_ADMIN_PASSWORD", "")
        if given:
            return given
        first = getpass.getpass(_("Password of the administrator: "))
        if getpass.getpass(_("The same password again: ")) != first:
            raise PasswordsDiffer
        return first
