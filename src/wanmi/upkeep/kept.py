"""Matters that have no table of their own: what was decided for a day is the truth."""

from datetime import datetime

from wanmi.journal import actions as journal

from . import queries
from .matters import Content, Matter


class KeptMatter(Matter):
    """A matter whose changes are themselves the truth; before any, what is shipped holds."""

    is_kept = True

    def shipped(self, item: str) -> Content | None:
        """Return what holds as long as nobody has decided otherwise."""
        return None

    def now(self, item: str) -> Content | None:
        """Return what was decided, else what is shipped."""
        found = queries.standing(self.key, item)
        return found if found is not None else self.shipped(item)

    def keep(self, item: str, content: Content | None, *, by: journal.Actor, at: datetime) -> None:
        """Nothing to write: the change itself is asked."""
