"""Reading the journal: by subject, from a number on, and whether the chain holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from .chain import GENESIS, entry_hash
from .ear import Ear
from .events import Entry
from .models import JournalEntry, JournalHead

__all__ = [
    "ChainReport",
    "Ear",
    "Head",
    "after",
    "check_end",
    "hash_at",
    "head",
    "head_number",
    "of_subject",
    "verify_chain",
]


@dataclass(frozen=True)
class ChainReport:
    """What walking the chain showed; `broken_at` is the first bad number, None if whole."""

    checked: int
    head: int
    broken_at: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Head:
    """The end of the chain; `hash` in hexadecimal."""

    number: int
    hash: str


def head() -> Head:
    """Return the end of the chain."""
    row = JournalHead.objects.first()
    return Head(row.number, bytes(row.hash).hex()) if row else Head(0, "")


def hash_at(number: int) -> str:
    """Return the hash of an entry in hexadecimal, "" where there is none."""
    found = JournalEntry.objects.filter(number=number).values_list("hash", flat=True).first()
    return bytes(found).hex() if found is not None else ""


def head_number() -> int:
    """Return the number of the last entry, 0 for an empty journal."""
    return JournalHead.objects.values_list("number", flat=True).first() or 0


def of_subject(subject: str) -> list[Entry]:
    """Return what happened to a subject, oldest first."""
    return [_entry(row) for row in JournalEntry.objects.filter(subject=subject).order_by("number")]


def after(number: int, *, limit: int = 500) -> list[Entry]:
    """Return the entries behind a number, in order."""
    rows = JournalEntry.objects.filter(number__gt=number).order_by("number")[:limit]
    return [_entry(row) for row in rows]


def verify_chain() -> ChainReport:
    """Walk the whole chain and name the first break: a gap, a changed row or a wrong head."""
    previous, expected = GENESIS, 1
    for row in _rows():
        reason = _fault(row, expected, previous)
        if reason:
            return ChainReport(expected - 1, head_number(), expected, reason)
        previous, expected = bytes(row.hash), expected + 1
    return _compare_head(expected - 1, previous)


def check_end(*, count: int = 50) -> ChainReport:
    """Walk the last entries only, as a page can afford; `verify_chain` walks them all."""
    rows = list(JournalEntry.objects.order_by("-number")[:count])[::-1]
    previous = bytes(rows[0].previous_hash) if rows else GENESIS
    for row, expected in zip(rows, range(rows[0].number if rows else 1, 2**62), strict=False):
        if reason := _fault(row, expected, previous):
            return ChainReport(expected - 1, head_number(), expected, reason)
        previous = bytes(row.hash)
    return _compare_head(rows[-1].number if rows else 0, previous)


def _rows() -> Iterator[JournalEntry]:
    return JournalEntry.objects.order_by("number").iterator(chunk_size=2000)


def _fault(row: JournalEntry, expected: int, previous: bytes) -> str:
    if row.number != expected:
        return f"entry {expected} is missing"
    if bytes(row.previous_hash) != previous:
        return "does not follow the entry before it"
    counted = entry_hash(
        previous, row.number, row.at, row.kind, row.subject, row.actor, row.area_path, row.data
    )
    return "" if counted == bytes(row.hash) else "its content was changed"


def _compare_head(last: int, digest: bytes) -> ChainReport:
    head = JournalHead.objects.first()
    if head is None or head.number != last or bytes(head.hash) != digest:
        return ChainReport(last, head.number if head else 0, last + 1, "the head does not match")
    return ChainReport(last, head.number)


def _entry(row: JournalEntry) -> Entry:
    return Entry(
        row.number, row.at, row.kind, row.subject, row.actor, row.area_path, dict(row.data)
    )
