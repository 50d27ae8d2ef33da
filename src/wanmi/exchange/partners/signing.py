"""Signed messages between programs: HMAC-SHA256 over the moment and the body.

`X-Wanmi-Timestamp` is in seconds since 1970, `X-Wanmi-Signature` the digest of
"TIMESTAMP.BODY" in hexadecimal, under a secret both sides know.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

import httpx

from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.notices import actions as notices

STAMP, SIGNATURE = "X-Wanmi-Timestamp", "X-Wanmi-Signature"
WINDOW_SECONDS = 300
MOST_BYTES = 100_000
TIMEOUT_SECONDS = 15
_TRY_AGAIN = frozenset({401, 403, 408, 425, 429})
"""Refusals that somebody puts right without changing the message: a clock, a secret, a limit."""


class BadSignature(NotAllowed):
    """The signature does not fit, or the moment lies more than five minutes off."""

    code = "bad_signature"


def signed(secret: str, body: bytes, *, now: float | None = None) -> dict[str, str]:
    """Return the headers that sign a body."""
    stamp = str(int(time.time() if now is None else now))
    return {STAMP: stamp, SIGNATURE: _digest(secret, stamp, body)}


def require_signed(
    secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None
) -> None:
    """Refuse what was not signed with the secret, or long ago. Raises BadSignature."""
    stamp, said = headers.get(STAMP, ""), headers.get(SIGNATURE, "")
    # Without a secret the door is shut: an empty one would be known to everybody.
    if not secret or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        raise BadSignature
    late = abs((time.time() if now is None else now) - int(stamp)) > WINDOW_SECONDS
    fits = hmac.compare_digest(_digest(secret, stamp, body).encode(), said.encode())
    if late or not fits:
        raise BadSignature


def read_json(body: bytes) -> dict[str, Any]:
    """Return an object sent as JSON. Raises Invalid."""
    try:
        given = json.loads(body) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Invalid("The body must be a JSON object of at most 100 kB.")
    return given


def send_json(url: str, secret: str, given: dict[str, Any]) -> dict[str, Any]:
    """Send an object signed; return the answer. Raises Undeliverable where trying again is idle."""
    body = json.dumps(given, ensure_ascii=False).encode()
    headers = {**signed(secret, body), "Content-Type": "application/json"}
    answer = httpx.post(url, content=body, headers=headers, timeout=TIMEOUT_SECONDS)
    is_refused = 400 <= answer.status_code < 500 and answer.status_code not in _TRY_AGAIN
    if is_refused:
        raise notices.Undeliverable(f"{answer.status_code} {answer.text[:200]}")
    answer.raise_for_status()
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _digest(secret: str, stamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
