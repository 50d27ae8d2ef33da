"""Abuse kept out without a foreign puzzle: limits by address, then work of the device.

The first reports of an address pass freely. Then each costs the device some work (a
proof that a challenge of ours was worked on, good once and for a quarter of an hour),
and at last nothing passes until the hour is over.
"""

import secrets

from django.core import signing
from django.http import HttpRequest

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Refused, TooOften
from wanmi.shell import addresses

from .rules import is_proof

FREE = journal.RateLimit("portal.free", 5, 3600)
"""Reports an address may send within an hour without proving anything."""
MOST = journal.RateLimit("portal.most", 30, 3600)
"""Reports an address may send within an hour at all; offices and schools share one."""
LOOKS = journal.RateLimit("portal.look", 120, 600)
"""Searches and follow pages an address may open within ten minutes."""
CLASSES = journal.RateLimit("portal.classes", 200, 600)
"""How often words being typed may be looked at for an address within ten minutes."""
WRONG_CODES = journal.RateLimit("portal.code", 20, 3600)
"""Codes an address may get wrong within an hour."""
WORDS = journal.RateLimit("portal.words", 20, 3600)
"""Words, ratings and complaints an address may add within an hour."""
ALERTS = journal.RateLimit("portal.alert", 6, 3600)
"""Alerts an address of the network may make, and links it may ask for, within an hour."""
LETTERS = journal.RateLimit("portal.alert_letter", 3, 86_400)
"""Questions and links one e-mail address is sent within a day, whoever asks."""
CHALLENGE_SECONDS = 900
_ONCE = journal.RateLimit("portal.proof", 1, CHALLENGE_SECONDS)
_SALT = "wanmi.portal.challenge"


class ProofNeeded(Refused):
    """Many reports came from your network; your device has to work on this one for a moment."""

    code = "proof_needed"
    status = 429


def admit(request: HttpRequest, challenge: str = "", proof: str = "") -> None:
    """Let a report in. Raises TooOften, or ProofNeeded where work is due.

    Call it outside a deed: a refusal there would undo the count.
    """
    group = addresses.client_group(request)
    try:
        FREE.take(group)
    except TooOften as refusal:
        if not _is_proven(group, challenge, proof):
            raise ProofNeeded from refusal
    MOST.take(group)


def look(request: HttpRequest) -> None:
    """Count a search or a look. Raises TooOften."""
    LOOKS.take(addresses.client_group(request))


def look_at_words(request: HttpRequest) -> None:
    """Count words that were looked at while somebody typed. Raises TooOften."""
    CLASSES.take(addresses.client_group(request))


def new_challenge(request: HttpRequest) -> str:
    """Return what a device of this address may work on."""
    said = f"{addresses.client_group(request)}|{secrets.token_hex(8)}"
    return signing.dumps(said, salt=_SALT)


def _is_proven(group: str, challenge: str, proof: str) -> bool:
    try:
        said = signing.loads(challenge, salt=_SALT, max_age=CHALLENGE_SECONDS)
        if said.rpartition("|")[0] != group or not is_proof(challenge, proof[:40]):
            return False
        _ONCE.take(challenge)
    except (signing.BadSignature, TooOften):
        return False
    return True
