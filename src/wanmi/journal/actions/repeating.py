"""Idempotency: the same request with the same key gets the same answer, once done."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from wanmi.kernel.errors import Conflict, Invalid

from ..models import IdempotencyKey
from .recording import Actor, actor_name, deed

KEY_LENGTH = 120


class UnusableKey(Invalid):
    """An idempotency key has at most %(length)s printable characters."""

    code = "unusable_idempotency_key"


class KeyReused(Conflict):
    """This idempotency key was used for another request; take a new one."""

    code = "idempotency_key_reused"


def answer_once(
    key: str, request: Any, *, by: Actor, do: Callable[[], tuple[int, dict[str, Any]]]
) -> tuple[int, dict[str, Any]]:
    """Do something once per actor and key; answer a repetition with the first answer.

    The answer is kept in the transaction of the deed, so a refused or broken
    one may be tried again. Two requests at the same moment: the second waits
    for the first and gets its answer. An empty key does it without remembering.
    Raises KeyReused when the key came with other content.
    """
    if not key:
        return do()
    if len(key) > KEY_LENGTH or not key.isprintable():
        raise UnusableKey(length=KEY_LENGTH)
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    actor = actor_name(by)
    with deed():
        row = _take(actor, key, digest)
        if row is None:
            return _repeat(IdempotencyKey.objects.get(actor=actor, key=key), digest)
        status, answer = do()
        plain = json.loads(json.dumps(answer, default=str))
        IdempotencyKey.objects.filter(pk=row).update(status=status, answer=plain)
    return status, plain


def _take(actor: str, key: str, digest: str) -> int | None:
    """Enter the key; None if it is there already (waiting for whoever is entering it)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_idempotencykey"
            " (actor, key, request_digest, status, answer, at) VALUES (%s, %s, %s, 0, '{}', %s)"
            " ON CONFLICT (actor, key) DO NOTHING RETURNING id",
            [actor, key, digest, connection.ops.adapt_datetimefield_value(datetime.now(UTC))],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _repeat(known: IdempotencyKey, digest: str) -> tuple[int, dict[str, Any]]:
    if known.request_digest != digest:
        raise KeyReused
    return known.status, known.answer
