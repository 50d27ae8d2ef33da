"""What became of every row of an import."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from wanmi.kernel.errors import Phrase, Refused, fill

Translate = Callable[[str], str]

_HEADING = Phrase(
    "%(kind)s: %(accepted)s accepted, %(unchanged)s unchanged, %(unlocated)s unlocated, "
    "%(repaired)s repaired, %(rejected)s rejected."
)
_LINES = (
    Phrase("line %(line)s: rejected: %(reason)s"),
    Phrase("line %(line)s: unlocated: %(reason)s"),
    Phrase("line %(line)s: repaired: %(reason)s"),
)
_NO_PLACE = Phrase("The row has no place.")


class _Choices(Protocol):
    """What the report must know of the options."""

    @property
    def dry_run(self) -> bool: ...
    @property
    def keep_good(self) -> bool: ...


class _Numbered(Protocol):
    """Anything that stands on a line."""

    @property
    def line(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its line (or feature) number and a sentence about it."""

    line: int
    message: str
    params: dict[str, object] = field(default_factory=dict)

    def sentence(self, translate: Translate = str) -> str:
        """Return the sentence, translated and filled in."""
        return fill(self.message, self.params, translate)


@dataclass
class Report:
    """Counts of an import and the rows somebody should look at, by line."""

    kind: str
    accepted: int = 0
    unchanged: int = 0
    unlocated: list[Row] = field(default_factory=list)
    repaired: list[Row] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Rows seen."""
        return self.accepted + self.unchanged + len(self.rejected)

    @contextmanager
    def row(self, record: _Numbered) -> Iterator[None]:
        """Count the row as accepted if the block ends, as rejected if it is refused.

        A block that calls ``skip`` leaves the row counted as unchanged.
        """
        unchanged = self.unchanged
        try:
            yield
        except Refused as refused:
            self.reject(record.line, refused)
        else:
            self.accepted += self.unchanged == unchanged

    def skip(self) -> None:
        """Count a row that is in the database already, as it is."""
        self.unchanged += 1

    def reject(self, line: int, refused: Refused) -> None:
        """Note a row that cannot be taken, and why."""
        self.rejected.append(Row(line, refused.message, dict(refused.params)))

    def leave_unlocated(self, line: int, message: str = _NO_PLACE, **params: object) -> None:
        """Note a row that was taken without a place."""
        self.unlocated.append(Row(line, message, params))

    def note_repair(self, line: int, message: str, **params: object) -> None:
        """Note a row that was taken after a repair, such as of a crossing boundary."""
        self.repaired.append(Row(line, message, params))

    def must_undo(self, options: _Choices) -> bool:
        """Whether nothing may stay: a trial run, or rejected rows without keep-good."""
        return options.dry_run or (bool(self.rejected) and not options.keep_good)

    def as_text(self, translate: Translate = str) -> str:
        """Return the report for people: counts first, then each row with its reason."""
        return "\n".join([fill(_HEADING, self.counts(), translate), *self._lines(translate)])

    def counts(self) -> dict[str, object]:
        """Return the counts by name."""
        return {
            "kind": self.kind,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "unlocated": len(self.unlocated),
            "repaired": len(self.repaired),
            "rejected": len(self.rejected),
        }

    def _lines(self, translate: Translate) -> Iterator[str]:
        for msgid, rows in zip(_LINES, (self.rejected, self.unlocated, self.repaired), strict=True):
            for row in rows:
                said = {"line": row.line, "reason": row.sentence(translate)}
                yield fill(msgid, said, translate)
