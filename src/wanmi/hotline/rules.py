"""Rules of the hotline that need no table and no clock."""

import hashlib
import hmac
from typing import Final

SIGNED_SECONDS: Final = 300
"""A signed message older or newer than this is refused."""
LOST_CALL_MINUTES: Final = 30
"""Whoever hung up unanswered is to be called back within this time (own choice)."""

EVENTS: Final = ("ringing", "answered", "held", "resumed", "transferred", "ended", "recording")

BREAKS: Final = ("rest", "meal", "training", "meeting")

NO_MATTER: Final = ("silent", "wrong_number", "nuisance")
"""How a call may end that needs no matter."""


def signature(secret: str, moment: str, body: bytes) -> str:
    """Return what a message is signed with: HMAC-SHA256 over "<moment>.<body>", hexadecimal."""
    return signer(secret, moment, body).hexdigest()


def signer(secret: str, moment: str, first: bytes = b"") -> "hmac.HMAC":
    """Return the HMAC that has taken the moment and the first bytes, for bodies read in pieces."""
    made = hmac.new(secret.encode(), f"{moment}.".encode(), hashlib.sha256)
    made.update(first)
    return made


def is_signed(given: str, wanted: str) -> bool:
    """Compare two signatures in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), f"sha256={wanted}".encode())


def is_timely(moment: str, now: float) -> bool:
    """Say whether a moment (seconds since 1970, as text) lies close to now."""
    if not (moment.isascii() and moment.isdigit() and len(moment) < 12):
        return False
    return abs(int(moment) - now) <= SIGNED_SECONDS


def share(part: int, whole: int) -> float | None:
    """Return a rate in percent with one decimal, None of nothing."""
    return round(100 * part / whole, 1) if whole else None
