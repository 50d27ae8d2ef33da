"""Suggestions as pages show them: chips with percentages and reasons, cases alike beside them.

Nothing is filled in by itself. A chip fills a field; what is then sent is what
the person chose.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from wanmi.cases import queries as cases
from wanmi.kernel.personal import mask
from wanmi.organisation import queries as organisation

from . import words
from .examples import URGENT
from .suggesting import Report, Suggestion, advice

FIELDS = {"category": "category", "department": "department", "urgency": "is_urgent"}
"""The field of a form that each target is chosen in."""
ADVISED = "advised"
"""The hidden field that says which version the person saw."""
_CLEARLY = 0.5
"""From here on something is called urgent; below, nothing is said of urgency."""


@dataclass(frozen=True)
class Chip:
    """A suggestion as the page shows it: what it fills in and its number for the keyboard."""

    name: str
    percent: int
    because: str
    fill: str
    key: str


@dataclass(frozen=True)
class Chips:
    """The suggestions for one field."""

    target: str
    title: str
    chips: Sequence[Chip]


def advice_html(
    scope: organisation.Scope,
    report: Report,
    targets: Sequence[str],
    *,
    offered: Mapping[str, set[str]] | None = None,
    near: bool = True,
    but: int = 0,
) -> SafeString:
    """Return what stands beside a form: chips for its fields, open cases alike; or nothing.

    `offered` are the choices a form has, by target; `but` is left out of the cases.
    """
    found = advice(report, targets=targets)
    rows = [_chips(target, found.of(target), offered or {}) for target in targets]
    context = {
        "model": found.model,
        "advised": [row for row in rows if row.chips],
        "near": alike(scope, report, but=but) if near else [],
    }
    if not context["advised"] and not context["near"]:
        return SafeString()
    return render_to_string("triage/parts/advice.html", context)


def alike(scope: organisation.Scope, report: Report, *, but: int = 0) -> list[tuple[Any, str]]:
    """Return open cases near the report that this person may see, with masked words."""
    if report.at is None:
        return []
    found = cases.near(report.lon, report.lat, report.at, words=report.words)
    return [
        (each, mask(each.case.description))
        for each in found
        if each.case.pk != but and cases.may_see(scope, each.case)
    ]


def model_seen(sent: Mapping[str, str]) -> int:
    """Return the version whose suggestions stood beside a form, 0 for none."""
    key = sent.get(ADVISED, "")
    return int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0


def _chips(target: str, found: Sequence[Suggestion], offered: Mapping[str, set[str]]) -> Chips:
    fits = [each for each in found if target not in offered or each.label in offered[target]]
    if target == "urgency":
        fits = [each for each in fits[:1] if each.label == URGENT and each.probability >= _CLEARLY]
    is_keyed = target == "category"
    chips = [_chip(target, each, str(n) if is_keyed else "") for n, each in enumerate(fits, 1)]
    return Chips(target, str(words.TARGETS[target]), chips)


def _chip(target: str, each: Suggestion, key: str) -> Chip:
    name, value = each.name, each.label
    fill: dict[str, Any] = {FIELDS[target]: value}
    if target == "urgency":
        name, fill = gettext("Urgent"), {FIELDS[target]: True}
    if target == "category":
        name = f"{value.rpartition('/')[2]} {name}"
    return Chip(name, each.percent, " · ".join(each.because), json.dumps(fill), key)
