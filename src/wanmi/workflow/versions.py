"""Asking: procedures and decision tables by version, and what a table answers."""

import json
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from wanmi.kernel import dmn

from .models import DecisionTable, Instance, Procedure, ProcedureDraft

_read: dict[str, dmn.Table] = {}


def versions(code: str) -> list[Procedure]:
    """Return the published versions of a procedure, newest first, with `running` instances."""
    rows = Procedure.objects.filter(code=code, published_at__isnull=False)
    of_it = Instance.objects.filter(procedure=OuterRef("pk"), ended_at__isnull=True)
    counted = of_it.order_by().values("procedure").annotate(n=Count("pk")).values("n")
    return list(rows.annotate(running=Coalesce(Subquery(counted), 0)).order_by("-version"))


def procedures() -> list[Procedure]:
    """Return the newest version of each procedure, by code, with `running` instances of all."""
    latest: dict[str, Procedure] = {}
    rows = Procedure.objects.filter(published_at__isnull=False).defer("drawing", "forms")
    for row in rows.order_by("code", "version"):
        latest[row.code] = row
    return list(latest.values())


def procedure(code: str, version: int) -> Procedure | None:
    """Return one version of a procedure."""
    rows = Procedure.objects.select_related("published_by")
    return rows.filter(code=code, version=version, published_at__isnull=False).first()


def newest(code: str) -> Procedure | None:
    """Return the version new instances begin with."""
    return (
        Procedure.objects.filter(code=code, published_at__isnull=False).order_by("-version").first()
    )


def draft(code: str) -> ProcedureDraft | None:
    """Return the draft of a procedure's next version."""
    return ProcedureDraft.objects.filter(code=code).select_related("saved_by").first()


def decisions() -> list[DecisionTable]:
    """Return the newest version of each decision table, by code."""
    latest: dict[str, DecisionTable] = {}
    for row in DecisionTable.objects.order_by("code", "version").defer("source"):
        latest[row.code] = row
    return list(latest.values())


def decision_sources() -> list[tuple[str, str]]:
    """Return the name and the XML of the newest version of each decision table."""
    return [(row.name_zh, row.source) for row in decisions()]


def form_sources() -> list[tuple[str, str]]:
    """Return the name of each procedure and the forms of its newest version as JSON."""
    return [(row.name_zh, json.dumps(row.forms, ensure_ascii=False)) for row in procedures()]


def decision(code: str, version: int | None = None) -> DecisionTable | None:
    """Return a version of a decision table; without a number the newest."""
    rows = DecisionTable.objects.filter(code=code).order_by("-version")
    return (rows if version is None else rows.filter(version=version)).first()


def decide(code: str, given: dict[str, Any]) -> dmn.Decision | None:
    """Ask the newest version of a table; None where the city has no such table.

    Raises what `kernel.dmn.decide` raises.
    """
    row = decision(code)
    if row is None:
        return None
    if row.digest not in _read:
        if len(_read) > 100:
            _read.clear()
        _read[row.digest] = dmn.read(row.source)
    return dmn.decide(_read[row.digest], given)
