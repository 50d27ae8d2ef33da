"""What a person may do and where: the posts they hold today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q


@dataclass(frozen=True)
class Holding:
    """One post a person holds."""

    post_id: int
    role: str
    body_id: int
    area_path: str
    duties: frozenset[str]
    for_id: int | None = None
    """Whose post it is, where the person only stands in for its holder."""
    works: frozenset[str] = frozenset()
    """The kinds of task a deputy was given (`deputies.WORKS`)."""


@dataclass(frozen=True)
class Scope:
    """Everything a person may do: duties by area, refused by default.

    `shown` is the area (path) a person chose to look at; it narrows what lists,
    boards and maps show (`areas`, `within`), never what the person may do (`may`).
    """

    user_id: int | None
    holdings: tuple[Holding, ...] = ()
    shown: str = ""

    @property
    def whole(self) -> "Scope":
        """Return the same person looking at all their areas."""
        return replace(self, shown="")

    def looking_at(self, path: str) -> "Scope":
        """Return the same person looking at one area; at all where they answer for none of it."""
        paths = {held.area_path for held in self.holdings}
        return replace(self, shown=path if narrowed(paths, path) else "")

    def may(self, duty: str, area_path: str | None = None) -> bool:
        """Say whether a duty is held, at all or over a given area."""
        return any(
            duty in held.duties and (area_path is None or area_path.startswith(held.area_path))
            for held in self.holdings
        )

    def areas(self, duty: str) -> tuple[str, ...]:
        """Return the area paths over which a duty is held, without those inside another."""
        paths = {held.area_path for held in self.holdings if duty in held.duties}
        topmost = {p for p in paths if not any(p != q and p.startswith(q) for q in paths)}
        return tuple(sorted(narrowed(topmost, self.shown)))

    def within(self, duty: str, field: str = "area_path") -> Q:
        """Return the condition that a row lies where the duty is held; nothing without it."""
        condition = Q(pk__in=[])
        for path in self.areas(duty):
            condition |= path_prefix(path, field)
        return condition

    def roles(self) -> frozenset[str]:
        """Return the codes of the roles held oneself, not those of whom one stands in for."""
        return frozenset(held.role for held in self.holdings if held.for_id is None)


NOBODY = Scope(None)


def narrowed(paths: Iterable[str], shown: str) -> set[str]:
    """Return what some areas have in common with the area shown; all of them where none is."""
    return {
        shown if shown.startswith(path) else path
        for path in paths
        if shown.startswith(path) or path.startswith(shown)
    }


def path_prefix(path: str, field: str = "area_path") -> Q:
    """Return "at or below this area" as a range, which every database answers from its index.

    The codes are followed by "/", and "0" is the character after it. An empty
    path is everything.
    """
    if not path:
        return Q()
    return Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})
