"""The page of the versions, worked out so that templates only choose and repeat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from . import queries, words
from .models import Model
from .suggesting import name_of


@dataclass(frozen=True)
class Row:
    """One label of a target: figures on held-out examples, and what people made of it."""

    label: str
    name: str
    precision: float | None
    recall: float | None
    tested: int
    first: int
    second: int
    corrected: int


@dataclass(frozen=True)
class Version:
    """A version as a line of the list; `accuracy` of the classes, in percent."""

    key: int
    state: str
    is_ready: bool
    is_in_force: bool
    trained_at: Any
    own: int
    starter: int
    accuracy: float | None
    baseline: float | None
    before: float | None

    @property
    def dialog(self) -> str:
        """The element that asks before anything is done with it."""
        return f"version-{self.key}"


@dataclass(frozen=True)
class Pair:
    """Two labels that were taken for each other, and how often."""

    true: str
    said: str
    count: int


@dataclass(frozen=True)
class Bin:
    """What was said with about this probability, and how much of it came true, in percent."""

    said: float
    came_true: float
    count: int


def version(row: Model) -> Version:
    """Return a version as the list shows it."""
    own = row.figures.get("category") or {}
    return Version(
        row.pk,
        str(words.STATES[row.state]),
        row.state == queries.State.READY,
        row.is_in_force,
        row.trained_at,
        row.own_examples,
        row.starter_examples,
        _percent(own.get("accuracy")),
        _percent(own.get("baseline")),
        _percent(own.get("before")),
    )


def targets(model: Model | None) -> list[tuple[str, str, bool]]:
    """Return the targets with their names and whether a version has learnt them."""
    learnt = model.figures if model is not None else {}
    return [(name, str(words.TARGETS[name]), name in learnt) for name in queries.TARGETS]


def figures(model: Model | None, target: str) -> dict[str, Any] | None:
    """Return the figures of a target with shares in percent; None where it was not learnt."""
    kept = model.figures.get(target) if model is not None else None
    if kept is None:
        return None
    shares = ("accuracy", "top3", "macro_recall", "baseline", "off", "before")
    return {
        **{name: _percent(kept[name]) for name in shares},
        "tested": kept["tested"],
        "measured_on": words.MEASURED[kept["measured_on"]],
        "baseline_name": label_name(target, kept["baseline_label"]),
        "bins": [Bin(said * 100, true * 100, n) for said, true, n in kept["bins"]],
        "pairs": [
            Pair(label_name(target, true), label_name(target, said), n)
            for true, said, n in kept["pairs"]
        ],
    }


def rows(model: Model | None, target: str, *, order: str = "") -> Sequence[Row]:
    """Return the labels of a target, ordered by a column ("-tested"); most tested first."""
    kept = model.figures.get(target) if model is not None else None
    judged = {each.label: each for each in queries.judged(target)}
    none = queries.Judged("", 0, 0, 0)
    found = [
        Row(
            each["label"],
            label_name(target, each["label"]),
            _percent(each["precision"]),
            _percent(each["recall"]),
            each["tested"],
            *_counts(judged.pop(each["label"], none)),
        )
        for each in (kept["classes"] if kept else ())
    ]
    # What people chose and nothing was held out of stands in the table as well.
    found += [
        Row(label, label_name(target, label), None, None, 0, *_counts(each))
        for label, each in judged.items()
    ]
    column, falls = order.removeprefix("-"), order.startswith("-")
    if column not in ORDERS:
        column, falls = "tested", True
    return sorted(found, key=ORDERS[column], reverse=falls)


def _nothing_first(value: float | None) -> float:
    return -1.0 if value is None else value


ORDERS: dict[str, Callable[[Row], Any]] = {
    "label": lambda row: row.label,
    "precision": lambda row: _nothing_first(row.precision),
    "recall": lambda row: _nothing_first(row.recall),
    "tested": lambda row: row.tested,
    "corrected": lambda row: row.corrected,
}


def _counts(each: queries.Judged) -> tuple[int, int, int]:
    return each.first, each.second, each.corrected


def label_name(target: str, label: str) -> str:
    """Return a label as people read it."""
    if target == "urgency":
        return str(words.URGENCIES.get(label, label))
    name = name_of(target, label)
    return f"{label.rpartition('/')[2]} {name}" if target == "category" and name else name or label


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)
