"""`wanmi take-mail < message`: one message from a mail server's pipe."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from wanmi.exchange.partners.email.taking import take
from wanmi.kernel.errors import Refused

log = logging.getLogger(__name__)
TRY_AGAIN = 75
"""EX_TEMPFAIL: the mail server keeps the message and tries again."""


class Command(BaseCommand):
    help = "Take one e-mail from standard input, as a mail server's pipe gives it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it and say which matter holds it."""
        raw = sys.stdin.buffer.read(settings.MAIL_MAX_BYTES + 1)
        rest = sum(len(piece) for piece in iter(lambda: sys.stdin.buffer.read(1 << 20), b""))
        try:
            contact = take(raw, size_bytes=len(raw) + rest if rest else None)
        except Refused:
            raise
        except Exception:
            log.exception("the message could not be taken now")
            raise SystemExit(TRY_AGAIN) from None
        said = contact.number if contact else _("A program sent this; it opens no matter.")
        self.stdout.write(str(said))
