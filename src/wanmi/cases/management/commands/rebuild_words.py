"""`wanmi rebuild-words`: the search words of every case anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wanmi.cases import actions


class Command(BaseCommand):
    help = "Write the search words of every case anew; people may go on working."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many."""
        count = actions.rebuild_words()
        words = _("%(count)d cases can be found by their words again.")
        self.stdout.write(words % {"count": count})
