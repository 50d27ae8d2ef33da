"""Whose evidence may be seen by whom: each kind of subject says so itself."""

from collections.abc import Callable

from wanmi.organisation.queries import Scope

MaySee = Callable[[Scope, str], bool]
"""Says whether somebody may see a subject, given in full ("case:12")."""

_subjects: dict[str, MaySee] = {}


def offer_subject(kind: str, may_see: MaySee) -> None:
    """Register who may see subjects of a kind; without an answer nobody may."""
    _subjects[kind] = may_see


def may_see_subject(scope: Scope, subject: str) -> bool:
    """Ask the room of the subject."""
    may_see = _subjects.get(subject.partition(":")[0])
    return may_see is not None and may_see(scope, subject)
