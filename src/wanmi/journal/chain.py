"""The hash chain: each row's hash covers the row and the hash before it."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

GENESIS = bytes(32)


def entry_hash(
    previous: bytes,
    number: int,
    at: datetime,
    kind: str,
    subject: str,
    actor: str,
    area_path: str,
    data: dict[str, Any],
) -> bytes:
    """Return SHA-256 over the previous hash and the row in canonical JSON (UTC, sorted keys)."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    row = [number, moment, kind, subject, actor, area_path, data]
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous + text.encode()).digest()
