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
class ProcedurePublished(Event):
    """A version of a drawing was published."""

    subject_kind = "procedure"
    id: int
    code: str
    version: int
    digest: str
