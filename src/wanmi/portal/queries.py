"""Asking for the public: what lies near, what an address means, how a matter goes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing

from wanmi.cases import queries as cases
from wanmi.evidence import queries as media
from wanmi.geography import queries as geography
from wanmi.intake import actions as intake
from wanmi.intake import queries as matters
from wanmi.shell.pages import spoken
from wanmi.triage import queries as triage

_SALT = "wanmi.portal.near"
_DAY = 86_400
LEAST_LIKELY = 0.05
"""Below this a class is not worth a visitor's look."""


@dataclass(frozen=True)
class Near:
    """An open case close by, with what the public may know of it: class, distance, stage.

    `token` lets somebody join it; it says nothing about the case and is good for a day.
    """

    token: str
    category: str
    distance_m: int
    reported_at: datetime
    is_in_hand: bool


def near(lon: float, lat: float, words: str = "") -> list[Near]:
    """Return the open cases that may hold the same problem as a point (degrees, CGCS2000)."""
    found = cases.near(lon, lat, datetime.now(UTC), words=words)
    return [
        Near(
            signing.dumps(each.case.pk, salt=_SALT),
            spoken(each.case.category_zh, each.case.category_en),
            # In steps of ten metres: enough to tell it apart, too little to find a door.
            max(10, round(each.distance_m / 10) * 10),
            each.case.reported_at,
            each.case.dispatched_at is not None,
        )
        for each in found
    ]


def classes(words: str) -> list[dict[str, Any]]:
    """Return what words may be about: at most three classes with their percentages."""
    found = triage.advice(triage.Report(words), targets=("category",)).category
    return [
        {"label": each.label, "name": each.name, "percent": each.percent}
        for each in found
        if each.probability >= LEAST_LIKELY
    ]


def joined(token: str) -> cases.Case | None:
    """Return the case a token of `near` stands for, None of a token that is not ours or old."""
    try:
        key = signing.loads(token, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        return None
    return cases.Case.objects.filter(pk=key).first()


def places(text: str, limit: int = 6) -> list[geography.Match]:
    """Return the places an address may mean, likeliest first."""
    return geography.geocode(text[:100], limit=limit)


@dataclass(frozen=True)
class Matter:
    """A matter as whoever has its code sees it."""

    contact: matters.Contact
    stages: list[matters.Stage]
    messages: list[matters.Message]
    next: matters.Contact | None

    @property
    def pictures(self) -> list[int]:
        """Return the photographs its person handed in, and no other."""
        brought = media.of_subject(f"contact:{self.contact.pk}")
        return [each.id for each in brought if each.is_picture and each.uploaded_by is None]

    @property
    def may_rate(self) -> bool:
        """Say whether it was answered and not rated yet."""
        return self.contact.answered_at is not None and not self.contact.rating

    @property
    def may_reopen(self) -> bool:
        """Say whether it can still be brought back."""
        answered = self.contact.answered_at
        if answered is None or self.next is not None:
            return False
        return datetime.now(UTC) <= answered + timedelta(days=intake.REOPEN_DAYS)


def followed(code: str) -> Matter | None:
    """Return the matter of a tracking code with all that its person may know."""
    contact = matters.by_code(code)
    if contact is None:
        return None
    following = matters.Contact.objects.filter(previous=contact).first()
    return Matter(contact, matters.public_stages(contact), matters.messages_of(contact), following)
