"""What happens to cases."""

from dataclasses import dataclass, field
from typing import Any

from wanmi.journal.events import Event


@dataclass(frozen=True)
class CaseEvent(Event):
    """Something about one case."""

    subject_kind = "case"
    id: int
    number: str


@dataclass(frozen=True)
class CaseReported(CaseEvent):
    """A problem was reported; `said` is the salted digest of words and reporter."""

    source: str
    is_located: bool
    said: str
    opened: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class CasePlaced(CaseEvent):
    """The acceptor put a case on the map or corrected its place; `from_cell` is where it was."""

    grid_code: str
    from_cell: int | None = None


@dataclass(frozen=True)
class CaseFiled(CaseEvent):
    """The case was filed under a class, with its limit."""

    category: str
    limit: dict[str, Any]


@dataclass(frozen=True)
class CaseDispatched(CaseEvent):
    """The case went to a handling department."""

    department: int


@dataclass(frozen=True)
class CaseReworked(CaseEvent):
    """The check failed: the same department handles it again."""

    times: int


@dataclass(frozen=True)
class CaseEnded(CaseEvent):
    """The case came to an end (closed, not filed, not accepted)."""

    state: str


@dataclass(frozen=True)
class ErrandEvent(CaseEvent):
    """Something about an errand beside the drawing of a case; `what` is its kind."""

    errand: int
    what: str


@dataclass(frozen=True)
class ErrandGiven(ErrandEvent):
    """Somebody was asked for something beside the drawing; `words` is a salted digest."""

    body: int | None
    words: str
    opened: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class ErrandAnswered(ErrandEvent):
    """An errand was answered; `words` is a salted digest."""

    outcome: str
    words: str


@dataclass(frozen=True)
class ErrandEnded(ErrandEvent):
    """An errand was declined, waived or recalled; `words` is a salted digest of the reason."""

    state: str
    words: str


@dataclass(frozen=True)
class LinkOpened(ErrandEvent):
    """Somebody without an account opened the link to an errand for the first time."""


@dataclass(frozen=True)
class ShirkingDetermined(CaseEvent):
    """A refused return was called groundless; `words` is a salted digest."""

    request: int
    body: int
    words: str


@dataclass(frozen=True)
class NoteAdded(CaseEvent):
    """Somebody kept a note on a case; `words` is a salted digest, `media` are keys."""

    words: str
    media: tuple[int, ...] = ()


@dataclass(frozen=True)
class ControlMade(Event):
    """A control of an area and its times was made."""

    subject_kind = "control"
    unsettles = True
    id: int
    effect: str


@dataclass(frozen=True)
class ControlEnded(Event):
    """A control was ended."""

    subject_kind = "control"
    unsettles = True
    id: int
    effect: str


@dataclass(frozen=True)
class ReporterRead(CaseEvent):
    """Somebody read who reported a case."""


@dataclass(frozen=True)
class ReportersSearched(Event):
    """Somebody looked for cases by who reported them; `by_what` is "name" or "phone"."""

    subject_kind = "user"
    user: int
    by_what: str
    found: int


@dataclass(frozen=True)
class CasesImported(Event):
    """Cases of another system were taken over."""

    subject_kind = "import"
    origin: str
    accepted: int
    unlocated: int
    rejected: int


@dataclass(frozen=True)
class CaseLinked(CaseEvent):
    """The case was found to be a duplicate of another one."""

    original: int


@dataclass(frozen=True)
class ReporterAsked(CaseEvent):
    """The reporter was asked for their satisfaction; `words` is a salted digest."""

    answer: str
    words: str
