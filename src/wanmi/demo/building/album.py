"""Photographs of the history: one pair for each motif, drawn once and attached many times.

A picture for every case would take longer than the rest of the city together.
These claim neither time nor place, since they stand for many.
"""

from datetime import datetime
from io import BytesIO

from wanmi.accounts.queries import User
from wanmi.demo import photographs
from wanmi.demo.troubles import Trouble
from wanmi.evidence import actions as evidence

WIDTH = 480
BATCH = 5000


class Album:
    """Gathers what people photograph and hands it in together."""

    def __init__(self) -> None:
        self._troubles: dict[str, Trouble] = {}
        self._stored: dict[tuple[str, bool], int] = {}
        self._gathered: dict[tuple[str, str], evidence.NewAttachment] = {}

    def before(self, subject: str, trouble: Trouble, *, by: User | None, at: datetime) -> None:
        """Photograph a trouble as it is reported."""
        self._troubles[subject] = trouble
        self._gather(subject, "report", "", by, at)

    def after(self, subject: str, *, by: User | None, at: datetime) -> None:
        """Photograph the same place once it is put right, and again after a rework."""
        self._gather(subject, "after", "handle", by, at)

    def hand_in(self) -> int:
        """Attach everything gathered; return how many pictures there were."""
        pictures = list(self._gathered.values())
        for start in range(0, len(pictures), BATCH):
            evidence.attach_many(pictures[start : start + BATCH], source="demo-history")
        self._gathered.clear()
        return len(pictures)

    def _gather(self, subject: str, purpose: str, step: str, by: User | None, at: datetime) -> None:
        media = self._picture(self._troubles[subject], at, is_after=purpose == "after")
        key = subject, purpose
        # One picture stands for all: after a rework it is the same one again.
        self._gathered.setdefault(
            key,
            evidence.NewAttachment(
                media, subject, purpose, step, by_id=by.pk if by else None, at=at
            ),
        )

    def _picture(self, trouble: Trouble, at: datetime, *, is_after: bool) -> int:
        key = photographs.motif(trouble), is_after
        if key not in self._stored:
            seed = sum(key[0].encode())
            content = photographs.photograph(
                trouble, None, seed=seed, is_after=is_after, width=WIDTH
            )
            name = f"{key[0]}-{'after' if is_after else 'before'}.jpg"
            self._stored[key] = evidence.store(BytesIO(content), by=None, name=name, at=at).pk
        return self._stored[key]
