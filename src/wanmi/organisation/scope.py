"""What a person may do and where: the posts they hold today."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class Holding:
    """One post a person holds."""

    post_id: int
    role: str
    body_id: int
    area_path: str
    duties: frozenset[str]


@dataclass(frozen=True)
class Scope:
    """Everything a person may do: duties by area, refused by default."""

    user_id: int | None
    holdings: tuple[Holding, ...] = ()

    def may(self, duty: str, area_path: str | None = None) -> bool:
        """Say whether a duty is held, at all or over a given area."""
        return any(
            duty in held.duties and (area_path is None or area_path.startswith(held.area_path))
            for held in self.holdings
        )

    def areas(self, duty: str) -> tuple[str, ...]:
        """Return the area paths over which a duty is held, without those inside another."""
        paths = {held.area_path for held in self.holdings if duty in held.duties}
        return tuple(sorted(p for p in paths if not any(p != q and p.startswith(q) for q in paths)))

    def within(self, duty: str, field: str = "area_path") -> Q:
        """Return the condition that a row lies where the duty is held; nothing without it."""
        condition = Q(pk__in=[])
        for path in self.areas(duty):
            condition |= path_prefix(path, field)
        return condition

    def roles(self) -> frozenset[str]:
        """Return the codes of the roles held."""
        return frozenset(held.role for held in self.holdings)


NOBODY = Scope(None)


def path_prefix(path: str, field: str = "area_path") -> Q:
    """Return "at or below this area" as a range, which every database answers from its index.

    The codes are followed by "/", and "0" is the character after it. An empty
    path is everything.
    """
    if not path:
        return Q()
    return Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})
