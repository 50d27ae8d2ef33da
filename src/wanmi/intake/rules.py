"""Rules that need no table: how addresses are written, which states are an answer."""

import re
from typing import Final, Protocol

_TRUNK: Final = re.compile(r"^(?:\+?86|0086)(?=1[3-9]\d{9}$|0\d{9,11}$)")
REOPEN_DAYS: Final = 15
"""How long after the answer somebody may say that it is not solved."""


def plain_phone(text: str) -> str:
    """Return a phone number as digits without the country's own prefix ("+86 138…" → "138…")."""
    digits = re.sub(r"[^\d+]", "", text)
    return _TRUNK.sub("", digits).lstrip("+")[:30]


def plain_email(text: str) -> str:
    """Return an e-mail address as it is compared: trimmed, in lower case."""
    return text.strip().lower()


class Addressed(Protocol):
    """Whoever left addresses."""

    phone: str
    email: str
    chat: str


def handles(sender: Addressed) -> list[str]:
    """Return the addresses of somebody as blocks name them ("phone:138…")."""
    pairs = (("phone", sender.phone), ("email", sender.email), ("chat", sender.chat))
    return [f"{name}:{value}" for name, value in pairs if value]
