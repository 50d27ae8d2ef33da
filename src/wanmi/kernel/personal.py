"""Personal data in free text: found by its form, masked for readers who need not see it.

Finds what has a form of its own: mobile and landline numbers, resident identity
numbers, e-mail addresses, number plates, bank cards. Names have none and are not found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_DIGIT_EDGES: Final = (r"(?<![\dA-Za-z])", r"(?![\dA-Za-z])")
_IDENTITY_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS: Final = "10X98765432"
_GAP: Final = r"[ \-‐–]?"
_SHORTEST_CARD: Final = 16


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(_DIGIT_EDGES[0] + pattern + _DIGIT_EDGES[1])


_FORMS: Final = {
    "email": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    "identity": _whole(r"[1-9]\d{16}[\dXx]"),
    "card": _whole(rf"\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?"),
    "mobile": _whole(rf"(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"),
    "landline": _whole(rf"0\d{{2,3}}{_GAP}[2-9]\d{{6,7}}"),
    "plate": re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z]{_GAP}[·•]?[A-HJ-NP-Z0-9]{{5,6}}"),
}


@dataclass(frozen=True)
class Found:
    """A stretch of a text that is personal data of a kind."""

    kind: str
    start: int
    end: int


def is_identity_number(text: str) -> bool:
    """Say whether 18 characters are a resident identity number (GB 11643: check digit)."""
    if (
        len(text) != len(_IDENTITY_WEIGHTS) + 1
        or not text[:-1].isascii()
        or not text[:-1].isdigit()
    ):
        return False
    weighed = sum(int(c) * w for c, w in zip(text, _IDENTITY_WEIGHTS, strict=False))
    return _IDENTITY_CHECKS[weighed % 11] == text[-1].upper()


def is_card_number(digits: str) -> bool:
    """Say whether digits are a bank card's number (ISO/IEC 7812-1: Luhn)."""
    if len(digits) < _SHORTEST_CARD or not digits.isdigit():
        return False
    doubled = [int(c) * (1 + place % 2) for place, c in enumerate(reversed(digits))]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def find(text: str) -> list[Found]:
    """Return the personal data in a text, in its order; stretches never overlap."""
    taken: list[Found] = []
    for kind, form in _FORMS.items():
        for match in form.finditer(text):
            clashes = any(match.start() < each.end and each.start < match.end() for each in taken)
            if not clashes and _holds(kind, match.group()):
                taken.append(Found(kind, match.start(), match.end()))
    return sorted(taken, key=lambda each: each.start)


def mask(text: str) -> str:
    """Return a text with its personal data made unreadable; first and last characters stay.

    The length stays the same, so that places in the text can still be named.
    """
    return "".join(_masked(text))


def _masked(text: str) -> Iterator[str]:
    done = 0
    for each in find(text):
        yield text[done : each.start]
        yield mask_word(text[each.start : each.end], each.kind)
        done = each.end
    yield text[done:]


def mask_word(word: str, kind: str = "mobile") -> str:
    """Return one datum masked: a mobile keeps 3 and 4 characters, others 1 and 1 (plates 2)."""
    head, tail = {"mobile": (3, 4), "plate": (2, 1)}.get(kind, (1, 1))
    if len(word) <= head + tail:
        return "*" * len(word)
    return word[:head] + "*" * (len(word) - head - tail) + word[-tail:]


def _holds(kind: str, word: str) -> bool:
    if kind == "identity":
        return is_identity_number(word)
    if kind == "card":
        return is_card_number(re.sub(r"\D", "", word))
    return True
