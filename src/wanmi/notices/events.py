"""That people were told something."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class NoticeTold(Event):
    """Some people have a new notice of a kind; `about` is the subject it concerns."""

    subject_kind = "notice"
    id: int
    users: tuple[int, ...]
    notice_kind: str
    about: str
