"""Rate limits: how often something may happen per key, counted over all processes.

Each key has one row that says until when its allowance is used up (GCRA): every
take moves that moment on by an equal share of the period, and is refused when it
would lie more than the period ahead. So at most so many takes happen at once, and
the allowance comes back evenly. One statement a take, atomic on both databases;
nothing outside the database is needed.
"""

import time
from dataclasses import dataclass
from math import ceil

from django.db import transaction
from django.utils.crypto import salted_hmac

from wanmi.kernel.errors import TooOften
from wanmi.shell.sending import do, run

from ..models import Allowance
from .jobs import offer_job

FORGET = "journal.forget_allowances"
FORGET_EVERY_SECONDS = 3600


@dataclass(frozen=True)
class RateLimit:
    """At most `most` takes per key within `seconds`; a `most` of 0 means without limit."""

    name: str
    most: int
    seconds: float

    def take(self, key: str, *, now: float | None = None) -> None:
        """Count one take of a key (an address, a name). Raises TooOften with the seconds left.

        Call it outside a deed: a refusal there would undo the count.
        `now` is in seconds since 1970.
        """
        if self.most <= 0:
            return
        at = time.time() if now is None else now
        share = self.seconds / self.most
        row = _digest(self.name, key)
        with transaction.atomic():
            taken = run(_TAKE, [row, at + share, at, at, share, at, at, share, at + self.seconds])
            used = None if taken else Allowance.objects.get(key=row).used_until
        if used is not None:
            raise TooOften(seconds=max(1, ceil(used + share - at - self.seconds)))

    def give_back(self, key: str) -> None:
        """Undo one take of a key, for what turned out to be harmless."""
        if self.most > 0:
            share = self.seconds / self.most
            with transaction.atomic():
                do(_GIVE_BACK, [share, _digest(self.name, key)])


def _digest(name: str, key: str) -> str:
    """Return what stands in the row: addresses are personal data and are not kept readable."""
    return salted_hmac(f"wanmi.rate.{name}", key, algorithm="sha256").hexdigest()


def _forget_old(payload: dict[str, object]) -> None:
    """Drop the rows of allowances that are whole again."""
    Allowance.objects.filter(used_until__lt=time.time()).delete()


offer_job(FORGET, _forget_old, every_seconds=FORGET_EVERY_SECONDS)

# CASE, since the larger of two is called MAX here and GREATEST there.
_TAKE = (
    "INSERT INTO journal_allowance (key, used_until) VALUES (%s, %s)"
    " ON CONFLICT (key) DO UPDATE SET used_until = "
    "(CASE WHEN journal_allowance.used_until > %s THEN journal_allowance.used_until ELSE %s END)"
    " + %s WHERE "
    "(CASE WHEN journal_allowance.used_until > %s THEN journal_allowance.used_until ELSE %s END)"
    " + %s <= %s RETURNING 1"
)
_GIVE_BACK = "UPDATE journal_allowance SET used_until = used_until - %s WHERE key = %s"
