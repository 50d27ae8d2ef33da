"""Classes in force as people choose from them: under their major classes."""

from itertools import groupby

from django.utils.translation import gettext_lazy as _

from wanmi.shell.pages import spoken

from .models import Category
from .queries.classes import categories

KINDS = {"part": _("Part"), "event": _("Event")}


def class_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the classes in force today under their major classes, as ("kind/code", name)."""
    return [
        (heading, [(f"{row.kind}/{row.code}", _class_name(row)) for row in members])
        for heading, members in groupby(categories(), key=_heading)
    ]


def _heading(row: Category) -> str:
    return f"{KINDS[row.kind]} · {spoken(row.major_zh, row.major_en)}"


def _class_name(row: Category) -> str:
    return f"{row.code} {spoken(row.name_zh, row.name_en)}"
