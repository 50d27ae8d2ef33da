"""Idempotency: the same request with the same key gets the same answer, once done."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from wanmi.kernel.errors import Conflict

from ..models import IdempotencyKey
from .recording import Actor, actor_name, deed


class KeyReused(Conflict):
    """This idempotency key was used for another request; take a new one."""

    code = "idempotency_key_reused"


def answer_once(
    key: str, request: Any, *, by: Actor, do: Callable[[], tuple[int, dict[str, Any]]]
) -> tuple[int, dict[str, Any]]:
    """Do something once per actor and key; answer a repetition with the first answer.

    The answer is kept in the transaction of the deed. An empty key does it
    without remembering. Raises KeyReused when the key came with other content.
    """
    if not key:
        return do()
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    actor = actor_name(by)
    with deed():
        known = IdempotencyKey.objects.filter(actor=actor, key=key).first()
        if known is not None:
            return _repeat(known, digest)
        status, answer = do()
        IdempotencyKey.objects.create(
            actor=actor,
            key=key,
            request_digest=digest,
            status=status,
            answer=answer,
            at=datetime.now(UTC),
        )
    return status, answer


def _repeat(known: IdempotencyKey, digest: str) -> tuple[int, dict[str, Any]]:
    if known.request_digest != digest:
        raise KeyReused
    return known.status, known.answer
