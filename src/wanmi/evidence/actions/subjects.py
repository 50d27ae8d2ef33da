"""Whose evidence may be seen by whom: each kind of subject says so itself."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from wanmi.organisation.queries import Scope

MaySee = Callable[[Scope, str], bool]
"""Says whether somebody may see a subject, given in full ("case:12")."""
MaySeeAny = Callable[[Scope, Sequence[str]], bool]
"""Says whether somebody may see any of some subjects of one kind."""

_subjects: dict[str, MaySeeAny] = {}


def offer_subject(kind: str, may_see: MaySee, *, may_see_any: MaySeeAny | None = None) -> None:
    """Register who may see subjects of a kind; without an answer nobody may.

    A room whose subjects share media in great numbers answers for many at once too.
    """

    def one_by_one(scope: Scope, subjects: Sequence[str]) -> bool:
        return any(may_see(scope, subject) for subject in subjects)

    _subjects[kind] = may_see_any or one_by_one


def may_see_any_subject(scope: Scope, subjects: Iterable[str]) -> bool:
    """Ask the rooms of some subjects whether any of them may be seen."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for subject in subjects:
        by_kind[subject.partition(":")[0]].append(subject)
    return any(_subjects[kind](scope, some) for kind, some in by_kind.items() if kind in _subjects)
