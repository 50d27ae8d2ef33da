"""What happens to tasks; the subject is that of the procedure ("case:12")."""

from dataclasses import dataclass, field
from typing import Any

from wanmi.journal.events import Event


@dataclass(frozen=True)
class OnSubject(Event):
    """An event of a running procedure."""

    about: str

    def subject(self) -> str:
        """Return the subject the procedure runs for."""
        return self.about


@dataclass(frozen=True)
class TaskFinished(OnSubject):
    """A step was done with an outcome; `opened` lists the tasks this opened.

    Each opened task: {task, step, role, body, holder}. `opinion` is the salted
    digest of what the person wrote.
    """

    task: int
    step: str
    outcome: str
    opinion: str = ""
    opened: list[dict[str, Any]] = field(default_factory=list)
    acted_for: int | None = None


@dataclass(frozen=True)
class Begun(OnSubject):
    """A procedure began for a subject whose own news does not list the opened tasks."""

    opened: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class TaskClaimed(OnSubject):
    """Somebody took a task on."""

    task: int
    holder: int


@dataclass(frozen=True)
class TaskReleased(OnSubject):
    """A task went back to its post."""

    task: int


@dataclass(frozen=True)
class TaskReassigned(OnSubject):
    """A task was given to another person."""

    task: int
    holder: int


@dataclass(frozen=True)
class TaskHandedOver(OnSubject):
    """A waiting step went to another body; `words` is a salted digest."""

    task: int
    body: int
    operation: str
    words: str
    opened: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class ProcedurePublished(Event):
    """A version of a drawing was published."""

    subject_kind = "procedure"
    unsettles = True
    id: int
    code: str
    version: int
    digest: str
    restores: int | None = None


@dataclass(frozen=True)
class ProcedureDrafted(Event):
    """Somebody saved or gave up a draft of a procedure; an empty digest means given up."""

    subject_kind = "procedure"
    id: str
    digest: str


@dataclass(frozen=True)
class DecisionPublished(Event):
    """A version of a decision table was published."""

    subject_kind = "decision"
    id: int
    code: str
    version: int
    digest: str


@dataclass(frozen=True)
class InstanceMoved(OnSubject):
    """A running procedure goes on by another version of its drawing."""

    code: str
    from_version: int
    to_version: int


@dataclass(frozen=True)
class WorkHandedOver(Event):
    """Somebody left: so many tasks and later steps moved to another person, or to the posts."""

    subject_kind = "account"
    id: int
    to: int | None
    tasks: int
    later: int


@dataclass(frozen=True)
class AdjustmentRuleChanged(Event):
    """The rule of a kind of adjustment was changed."""

    subject_kind = "adjustment_rule"
    id: str


@dataclass(frozen=True)
class AdjustmentAsked(OnSubject):
    """Somebody asked for an adjustment; `reason` is a salted digest."""

    adjustment: int
    what: str
    reason: str
    opened: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class AdjustmentDecided(OnSubject):
    """A level decided; `state` is where the request stands after it."""

    adjustment: int
    what: str
    level: int
    is_agreed: bool
    state: str
    opinion: str = ""
    opened: list[dict[str, Any]] = field(default_factory=list)
    acted_for: int | None = None


@dataclass(frozen=True)
class AdjustmentWithdrawn(OnSubject):
    """The asker took a request back."""

    adjustment: int
    what: str


@dataclass(frozen=True)
class Resumed(OnSubject):
    """A suspension ended and the clocks go on."""

    adjustment: int


@dataclass(frozen=True)
class Urged(OnSubject):
    """Somebody reminded or put a subject under supervision; `words` is a salted digest."""

    urge: int
    what: str
    body: int | None
    words: str
    opened: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class SupervisionAnswered(OnSubject):
    """The supervised body replied; `reply` is a salted digest."""

    urge: int
    reply: str


@dataclass(frozen=True)
class Broken(OnSubject):
    """A procedure was ended by order instead of by its drawing."""

    end: str


@dataclass(frozen=True)
class ClocksTurned(Event):
    """Clocks turned yellow or red, or are late (red before); `subjects` go with `clocks`.

    One event for a batch and lamp: a sweep must not write a row for each of thousands.
    `is_large` when this is one of several batches, as after a downtime.
    """

    subject_kind = "clocks"
    lamp: str
    clocks: list[int]
    subjects: list[str]
    is_large: bool = False

    def data(self) -> dict[str, Any]:
        """Return the content without copying thousands of values."""
        return dict(vars(self))


@dataclass(frozen=True)
class EscalationChanged(Event):
    """Somebody changed who is told when a share of a limit is used; without `tell` it is gone."""

    subject_kind = "escalation"
    unsettles = True
    id: int
    level: str
    stage: str
    percent: int
    tell: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CalendarFollowed(Event):
    """Running clocks were counted anew after the working calendar changed."""

    subject_kind = "clocks"
    which: str
    moved: int
