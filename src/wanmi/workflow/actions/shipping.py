"""Shipped procedures: the drawings that rooms bring along, and what a release adds to them."""

import json
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files
from typing import Any

from wanmi.journal import actions as journal

from .. import events
from ..models import AdjustmentRule, Procedure
from .publishing import publish_procedure

RELEASE = "release"
"""Who the journal names when a release brings something."""

_packages: dict[str, str] = {}


def offer_shipped(package: str, *codes: str) -> None:
    """Say which drawings ship in the data of a room ("wanmi.cases"), with its forms."""
    _packages.update(dict.fromkeys(codes, package))


@journal.deed()
def publish_shipped_procedures(*, by: journal.Actor = None, at: datetime | None = None) -> None:
    """Publish every shipped drawing; one that is already the newest changes nothing."""
    for code in _packages:
        _publish(code, by, at)


@journal.deed()
def take_news() -> list[str]:
    """Publish what a release ships for the first time; return the codes.

    Does nothing in a database without procedures. A drawing the city knows is
    its own by now and stays as it is.
    """
    known = set(Procedure.objects.values_list("code", flat=True))
    fresh = [code for code in _packages if code not in known] if known else []
    for code in fresh:
        _publish(code, RELEASE, None)
    return fresh


@journal.deed()
def take_rules(shipped: Iterable[dict[str, Any]]) -> list[str]:
    """Enter the rules of kinds of adjustment that a release ships for the first time.

    Returns their kinds. A kind the city has a rule for stays as the city wants
    it; in a database without rules nothing is entered.
    """
    known = set(AdjustmentRule.objects.values_list("kind", flat=True))
    fresh = [rule for rule in shipped if rule["kind"] not in known] if known else []
    for rule in fresh:
        AdjustmentRule.objects.create(**rule)
        journal.publish(events.AdjustmentRuleChanged(rule["kind"]), by=RELEASE)
    return [rule["kind"] for rule in fresh]


def _publish(code: str, by: journal.Actor, at: datetime | None) -> Procedure:
    data = files(_packages[code]) / "data"
    drawing = (data / f"{code}.bpmn").read_text("utf-8")
    forms = {
        form.name.removesuffix(".json"): json.loads(form.read_text("utf-8"))
        for form in (data / "forms").iterdir()
    }
    return publish_procedure(code, drawing, forms, by=by, at=at)
