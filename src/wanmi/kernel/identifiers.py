"""Identifiers by standard: read into components and built from them, never sliced elsewhere.

unit grid          15 = division 6 + street 3 + community 3 + sequence 3  (GB/T 30428.1, 47678.3)
                   14 with a sequence of 2                                  (CJ/T 213-2005)
part               16 = division 6 + major 2 + minor 2 + sequence 6         (2007, 2013)
                   17 with a minor of 3                                     (GB/T 47678.5-2026)
event or matter    10 = division 6 + major 2 + minor 2, 11 with a minor of 3: a type, not one event
monitoring         18 = division 6 + major 2 + middle 2 + minor 2 + sequence 6  (GB/T 47678.6)
social credit      18 with a check character                                (GB 32100-2015)
"""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, Self

from wanmi.kernel.errors import Invalid, Phrase
from wanmi.kernel.numbering import NumberPattern, UnusablePattern

__all__ = [
    "Edition",
    "GridCode",
    "MatterCode",
    "MonitoringIdentifier",
    "NumberPattern",
    "PartIdentifier",
    "UnusableIdentifier",
    "UnusablePattern",
    "WrongCreditCode",
    "credit_code",
    "credit_code_check",
]


class UnusableIdentifier(Invalid):
    """“%(text)s” is not a %(what)s."""

    code = "unusable_identifier"


class WrongCreditCode(Invalid):
    """“%(text)s” is not a social-credit code: 18 characters, the last one a check character."""

    code = "wrong_credit_code"


class Edition(StrEnum):
    """Editions of the catalogue; they differ in the width of the minor class."""

    CJT_214_2007 = "2007"
    GBT_30428_2013 = "2013"
    GBT_47678_2026 = "2026"

    @property
    def minor_width(self) -> int:
        """Digits of a minor class."""
        return 3 if self is Edition.GBT_47678_2026 else 2


@dataclass(frozen=True, slots=True)
class _Components:
    """An identifier made of fields of fixed width, in the order of the fields."""

    what: ClassVar[str] = Phrase("identifier")

    @classmethod
    def _read(cls, text: str, widths: tuple[int, ...]) -> Self:
        """Cut a text at the widths; refuse any other length or character."""
        cleaned = text.strip().upper()
        form = "".join(f"([0-9A-Z]{{{width}}})" for width in widths)
        found = re.fullmatch(form, cleaned)
        if found is None or not found[1].isdecimal():
            raise UnusableIdentifier(text=text[:40], what=cls.what)
        return cls(*found.groups())

    def _require(self, widths: tuple[int, ...]) -> None:
        """Refuse components of another width than the standard's."""
        parts = [getattr(self, each.name) for each in fields(self)]
        fits = [re.fullmatch(f"[0-9A-Z]{{{w}}}", p) for p, w in zip(parts, widths, strict=True)]
        if not all(fits) or not parts[0].isdecimal():
            raise UnusableIdentifier(text="-".join(parts)[:40], what=self.what)

    def __str__(self) -> str:
        return "".join(getattr(self, each.name) for each in fields(self))


def _running(number: int, width: int, what: str) -> str:
    """Write a sequence number; refuse one that has outgrown its width."""
    if not 0 < number < 10**width:
        raise UnusableIdentifier(text=str(number), what=what)
    return f"{number:0{width}}"


@dataclass(frozen=True, slots=True)
class GridCode(_Components):
    """The code of a unit grid; 2 digits of sequence in 2005, 3 since."""

    division: str
    street: str
    community: str
    sequence: str
    what: ClassVar[str] = Phrase("unit grid code")

    def __post_init__(self) -> None:
        self._require((6, 3, 3, 2 if len(self.sequence) == 2 else 3))

    @classmethod
    def read(cls, text: str) -> "GridCode":
        """Read a code of 15 characters, or of 14 as in 2005."""
        return cls._read(text, (6, 3, 3, 2 if len(text.strip()) == 14 else 3))

    @classmethod
    def numbered(cls, community_code: str, number: int) -> "GridCode":
        """Return the code of the n-th grid of a community of 12 digits (15 in all)."""
        return cls.read(f"{community_code}{_running(number, 3, cls.what)}")

    @property
    def street_code(self) -> str:
        """The street's own code, 9 characters."""
        return self.division + self.street

    @property
    def community_code(self) -> str:
        """The community's own code, 12 characters."""
        return self.division + self.street + self.community


@dataclass(frozen=True, slots=True)
class PartIdentifier(_Components):
    """The identifier of one part; 16 characters in 2007 and 2013, 17 since 2026."""

    division: str
    major: str
    minor: str
    sequence: str
    what: ClassVar[str] = Phrase("part identifier")

    def __post_init__(self) -> None:
        self._require((6, 2, 3 if len(self.minor) == 3 else 2, 6))

    @classmethod
    def read(cls, text: str, edition: Edition) -> "PartIdentifier":
        """Read an identifier of an edition."""
        return cls._read(text, (6, 2, edition.minor_width, 6))

    @classmethod
    def numbered(cls, division: str, major: str, minor: str, number: int) -> "PartIdentifier":
        """Return the identifier of the n-th part of a minor class in a division."""
        return cls(division, major, minor, _running(number, 6, cls.what))


@dataclass(frozen=True, slots=True)
class MatterCode(_Components):
    """The type code of an event or matter; 10 characters, 11 since 2026."""

    division: str
    major: str
    minor: str
    what: ClassVar[str] = Phrase("matter code")

    def __post_init__(self) -> None:
        self._require((6, 2, 3 if len(self.minor) == 3 else 2))

    @classmethod
    def read(cls, text: str, edition: Edition) -> "MatterCode":
        """Read a code of an edition."""
        return cls._read(text, (6, 2, edition.minor_width))


@dataclass(frozen=True, slots=True)
class MonitoringIdentifier(_Components):
    """The identifier of a monitoring part or event, 18 characters."""

    division: str
    major: str
    middle: str
    minor: str
    sequence: str
    what: ClassVar[str] = Phrase("monitoring identifier")
    widths: ClassVar[tuple[int, ...]] = (6, 2, 2, 2, 6)

    def __post_init__(self) -> None:
        self._require(self.widths)

    @classmethod
    def read(cls, text: str) -> "MonitoringIdentifier":
        """Read an identifier."""
        return cls._read(text, cls.widths)


# I, O, S, V and Z are left out, they look like digits.
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_FORM = re.compile(rf"[{_CREDIT_CHARACTERS}]{{2}}\d{{6}}[{_CREDIT_CHARACTERS}]{{10}}")


def credit_code(text: Any) -> str:
    """Return a social-credit code in capitals; refuse one whose check character is wrong."""
    cleaned = str(text).strip().upper()
    right = _CREDIT_FORM.fullmatch(cleaned) and credit_code_check(cleaned[:17]) == cleaned[17]
    if not right:
        raise WrongCreditCode(text=str(text)[:40])
    return cleaned


def credit_code_check(first_17: str) -> str:
    """Return the check character of the first 17 (weights are the powers of 3 modulo 31)."""
    values = [_CREDIT_CHARACTERS.index(character) for character in first_17]
    total = sum(value * pow(3, place, 31) for place, value in enumerate(values))
    return _CREDIT_CHARACTERS[-total % 31]
