"""The weights in force, held in this process: read from their row once, then a dot product."""

from datetime import datetime
from functools import lru_cache
from typing import Final

from wanmi.kernel.remembered import Remembered

from .models import Model
from .rules import Weights, unpacked

Version = tuple[int, datetime | None]
"""A version's key and when it was trained: a key alone may come again in a restored database."""

NONE: Final[Version] = (0, None)
_in_force: Final[Remembered[str, Version]] = Remembered()


def version_in_force() -> Version:
    """Return the version in force, or NONE; another process's change shows within 5 s."""
    return _in_force.get("model", _find)


def weights_of(version: Version) -> dict[str, Weights]:
    """Return what a version has learnt, by target; empty for none."""
    return _loaded(version) if version[0] else {}


def _find() -> Version:
    found = Model.objects.filter(is_in_force=True).values_list("pk", "trained_at")
    return found.first() or NONE


@lru_cache(maxsize=2)
def _loaded(version: Version) -> dict[str, Weights]:
    # A version never changes once it was trained.
    row = Model.objects.filter(pk=version[0], weights__isnull=False).values_list("weights").first()
    return unpacked(bytes(row[0])) if row and row[0] else {}
