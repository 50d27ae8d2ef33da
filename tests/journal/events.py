"""Events that only tests publish."""

from dataclasses import dataclass
from typing import Any

from wanmi.journal.events import Event


@dataclass(frozen=True)
class Seen(Event):
    """Something was seen."""

    subject_kind = "thing"
    id: int
    note: Any = ""
