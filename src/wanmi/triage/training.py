"""Training a version: examples apart by lot, weights learnt, figures measured, all kept."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from . import learning, measuring
from .examples import Example
from .measuring import Figures
from .rules import Told, Weights, terms

TARGETS = ("category", "department", "urgency")
FEWEST = 60
"""Examples a target needs before anything is suggested for it."""
FEWEST_OWN = 200
"""Own examples from which on the figures are measured on them and no longer on the starter's."""


@dataclass(frozen=True)
class Learnt:
    """What came of a training: weights and figures by target; a target without enough lacks."""

    weights: dict[str, Weights]
    figures: dict[str, Figures]


def learn(
    examples: Sequence[Example],
    *,
    seed: int,
    before: dict[str, Weights],
    tell: Callable[[int], None] = lambda percent: None,
) -> Learnt:
    """Learn every target and measure it; `tell` hears how many percent are done."""
    learnt = Learnt({}, {})
    for step, target in enumerate(TARGETS):
        rows = _rows(examples, target)
        if len(rows) >= FEWEST and len({row.label for row in rows}) > 1:
            _learn_one(learnt, target, rows, seed, before.get(target))
        tell(20 + 75 * (step + 1) // len(TARGETS))
    return learnt


@dataclass(frozen=True)
class _Row:
    words: str
    terms: list[str]
    label: str
    is_own: bool


def _rows(examples: Sequence[Example], target: str) -> list[_Row]:
    return [
        _Row(each.told.words, terms(told_for(target, each.told)), each.labels[target], each.is_own)
        for each in examples
        if each.labels[target]
    ]


def told_for(target: str, told: Told) -> Told:
    """Return what may be weighed for a target: a class is not told by itself."""
    return replace(told, category="") if target == "category" else told


def _learn_one(
    learnt: Learnt, target: str, rows: list[_Row], seed: int, before: Weights | None
) -> None:
    own = [row for row in rows if row.is_own]
    is_own = len(own) >= FEWEST_OWN
    held = [row for row in (own if is_own else rows) if measuring.is_held_out(row.words, seed)]
    seen = {row.words for row in held}
    model = _fitted([row for row in rows if row.words not in seen])
    tempering = [row for row in held if measuring.is_for_tempering(row.words, seed)]
    testing = [row for row in held if not measuring.is_for_tempering(row.words, seed)]
    if model is None or not testing:
        return
    temperature = measuring.temperature_for(
        model, [row.terms for row in tempering], [row.label for row in tempering]
    )
    learnt.figures[target] = measuring.measure(
        replace(model, temperature=temperature),
        [row.terms for row in testing],
        [row.label for row in testing],
        commonest=_commonest([row for row in (own if is_own else rows) if row.words not in seen]),
        measured_on="own" if is_own else "starter",
        before=before,
    )
    # What goes into use has learnt from everything; the figures are of its twin that had not.
    whole = _fitted(rows)
    if whole is not None:
        learnt.weights[target] = replace(whole, temperature=temperature)


def _fitted(rows: Sequence[_Row]) -> Weights | None:
    if len({row.label for row in rows}) < 2:
        return None
    return learning.fit([row.terms for row in rows], [row.label for row in rows])


def _commonest(rows: Sequence[_Row]) -> str:
    return Counter(row.label for row in rows).most_common(1)[0][0] if rows else ""
