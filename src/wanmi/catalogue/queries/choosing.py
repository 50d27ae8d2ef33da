"""The classes in force, grouped for a form to choose from."""

from itertools import groupby

from ..models import Category, CategoryKind
from .classes import categories

Group = tuple[str, list[tuple[str, str]]]


def class_groups() -> list[Group]:
    """Return the classes in force today under their major classes, as "kind/code"."""
    return [
        (heading, [(f"{row.kind}/{row.code}", f"{row.code} {row.name}") for row in members])
        for heading, members in groupby(categories(), key=_heading)
    ]


def _heading(row: Category) -> str:
    return f"{CategoryKind(row.kind).label} · {row.major}"
