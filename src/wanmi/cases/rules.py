"""Rules of a case that need no table: who must be verified, how departments are suggested."""

import secrets
from collections.abc import Iterable

PUBLIC_SOURCES = frozenset({"hotline", "web", "leader", "media", "letter"})
"""Sources whose reports are verified on the spot before filing (domain rules §5.3)."""

ENDED = frozenset(
    {"closed", "not_accepted", "not_filed", "voided", "self_handled_closed", "force_closed"}
)
"""States in which a case has ended."""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def needs_verification(source: str) -> bool:
    """Say whether a report of this source is verified before it is filed."""
    return source in PUBLIC_SOURCES


def new_tracking_code() -> str:
    """Return the code the reporter follows the case with: 10 characters, about 49 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def best_department(responsible: str, names: Iterable[tuple[str, str]]) -> str | None:
    """Return the code of the department that the catalogue's words name best, if any does.

    `responsible` is the catalogue's text ("排水管理部门/街道办事处"); `names` are
    (code, name) pairs. Pairs of characters in common decide; none in common is no answer.
    """
    wanted = _pairs(responsible)
    scored = sorted(((len(wanted & _pairs(name)), code) for code, name in names), reverse=True)
    return scored[0][1] if scored and scored[0][0] > 0 else None


def _pairs(text: str) -> set[str]:
    plain = [
        word
        for part in text.replace("、", "/").split("/")
        for word in [part.strip().removesuffix("部门").removesuffix("管理")]
    ]
    return {word[i : i + 2] for word in plain for i in range(len(word) - 1)}
