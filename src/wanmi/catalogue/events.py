"""Changes of the catalogue and of the working calendar."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class EditionEntered(Event):
    """An edition was entered with its classes."""

    subject_kind = "edition"
    unsettles = True
    code: str


@dataclass(frozen=True)
class EditionTakenBack(Event):
    """An edition holds no longer; the one before it does again."""

    subject_kind = "edition"
    unsettles = True
    code: str


@dataclass(frozen=True)
class ClassEntered(Event):
    """A local class was added to an edition."""

    subject_kind = "category"
    id: int


@dataclass(frozen=True)
class StandardEnded(Event):
    """A filing condition holds no longer."""

    subject_kind = "category"
    id: int
    standard: int


@dataclass(frozen=True)
class StandardEntered(Event):
    """A filing condition with its limit was entered or replaced."""

    subject_kind = "category"
    id: int
    standard: int


@dataclass(frozen=True)
class DefaultLimitSet(Event):
    """The handling limit of classes without a filing standard was set."""

    subject_kind = "default_limit"
    kind_of_class: str
    limit: str


@dataclass(frozen=True)
class CalendarChanged(Event):
    """A working day, a day off or a season of working hours was entered or taken out."""

    subject_kind = "calendar"
    what: str
