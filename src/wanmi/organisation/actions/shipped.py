"""What a release ships: the roles of a new city, and new duties for the roles of an old one.

Roles are rows and belong to the city once they are there. A release may only
add what this installation has never seen: a duty that is new goes to the roles
that ship with it, a role that is new is entered. What the city took away or
changed stays as the city wants it.
"""

from collections.abc import Iterable

from wanmi.journal import actions as journal

from .. import events
from ..duties import SHIPPED_ROLES
from ..models import Role, Shipped

RELEASE = "release"
"""The actor in the journal of what came with an upgrade."""


def enter_shipped_roles() -> None:
    """Enter the roles a new city starts with; leaves edited ones alone."""
    Role.objects.bulk_create([_row(code) for code in SHIPPED_ROLES], ignore_conflicts=True)
    _note(_shipped_duties(), set(SHIPPED_ROLES))


def take_news() -> dict[str, tuple[str, ...]]:
    """Give the city's roles what this release brings for the first time; enter new roles.

    Returns the duties each role gained. Does nothing in a database without
    roles, and nothing the second time.
    """
    known = set(Shipped.objects.values_list("name", flat=True))
    duties = {duty for duty in _shipped_duties() if _duty(duty) not in known}
    roles = {code for code in SHIPPED_ROLES if _role(code) not in known}
    if not (duties or roles) or not Role.objects.exists():
        return {}
    return _take(duties, roles)


@journal.deed()
def _take(duties: set[str], roles: set[str]) -> dict[str, tuple[str, ...]]:
    gained: dict[str, tuple[str, ...]] = {}
    for row in Role.objects.select_for_update().filter(code__in=SHIPPED_ROLES).order_by("code"):
        fresh = tuple(sorted(duties & set(SHIPPED_ROLES[row.code][2]) - set(row.duties)))
        if fresh:
            row.duties = sorted({*row.duties, *fresh})
            row.save(update_fields=["duties"])
            journal.publish(events.RoleSet(row.code, row.duties), by=RELEASE)
            gained[row.code] = fresh
    there = set(Role.objects.values_list("code", flat=True))
    for code in sorted(roles - there):
        row = _row(code)
        row.save()
        journal.publish(events.RoleSet(code, row.duties), by=RELEASE)
        gained[code] = tuple(row.duties)
    _note(duties, roles)
    return gained


def take_first(sort: str, keys: Iterable[str]) -> set[str]:
    """Return which things of a sort, shipped by rooms above, have never been here; note them all.

    A sort asked about for the first time is noted as it is and brings nothing:
    the city was founded with it, and what it has taken out since stays out.
    """
    names = {f"{sort} {key}": key for key in keys}
    known = set(Shipped.objects.filter(name__startswith=f"{sort} ").values_list("name", flat=True))
    Shipped.objects.bulk_create([Shipped(name=name) for name in names], ignore_conflicts=True)
    return {key for name, key in names.items() if name not in known} if known else set()


def _row(code: str) -> Role:
    zh, en, duties = SHIPPED_ROLES[code]
    return Role(code=code, name_zh=zh, name_en=en, duties=sorted(duties))


def _note(duties: set[str], roles: set[str]) -> None:
    names = {*map(_duty, duties), *map(_role, roles)}
    Shipped.objects.bulk_create([Shipped(name=name) for name in names], ignore_conflicts=True)


def _shipped_duties() -> set[str]:
    return {duty for _, _, duties in SHIPPED_ROLES.values() for duty in duties}


def _duty(name: str) -> str:
    return f"duty {name}"


def _role(code: str) -> str:
    return f"role {code}"
