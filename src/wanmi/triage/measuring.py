"""How good suggestions are on examples that were held out: pure counting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Final

import numpy as np

from .rules import Floats, Weights

_HELD_OUT: Final = 5
"""One text in so many is held out."""
_BINS: Final = 10
_MOST_PAIRS: Final = 20
_TEMPERATURES: Final = tuple(round(0.4 * 1.1**step, 3) for step in range(26))


@dataclass(frozen=True)
class ClassFigures:
    """One label on the examples held out; shares from 0 to 1, None where nothing was to count."""

    label: str
    precision: float | None
    recall: float | None
    tested: int
    said: int


@dataclass(frozen=True)
class Figures:
    """What a version showed on `tested` examples it had not seen.

    `baseline` is the share right by always saying the commonest label.
    `bins` are [probability said on average, share that came true, how many].
    `off` is the mean distance of the two. `pairs` are [true, said, how many].
    `before` is the share right of the version in force, on the same examples.
    """

    measured_on: str
    tested: int
    accuracy: float
    top3: float
    macro_recall: float
    baseline: float
    baseline_label: str
    off: float
    before: float | None = None
    bins: list[list[float]] = field(default_factory=list)
    classes: list[ClassFigures] = field(default_factory=list)
    pairs: list[list[Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as they are kept."""
        return asdict(self)


def is_held_out(words: str, seed: int) -> bool:
    """Say whether a text is held out; the same words always fall on the same side."""
    return _drawn(words, seed) % _HELD_OUT == 0


def is_for_tempering(words: str, seed: int) -> bool:
    """Say whether a held-out text sets the temperature; the others measure."""
    return _drawn(words, seed) // _HELD_OUT % 2 == 0


def _drawn(words: str, seed: int) -> int:
    return int.from_bytes(sha256(f"{seed}:{words}".encode()).digest()[:8], "big")


def temperature_for(model: Weights, texts: Sequence[Sequence[str]], labels: Sequence[str]) -> float:
    """Return the temperature under which what came true was likeliest; 1 without examples.

    As Platt does, the examples count as if one more had come out otherwise: a
    model that made no mistake on few examples must not claim to be certain.
    """
    places = {label: place for place, label in enumerate(model.labels)}
    known = [
        (text, places[label]) for text, label in zip(texts, labels, strict=True) if label in places
    ]
    if not known:
        return 1.0
    # One text after the other: all sums at once would be texts × labels large.
    logs = np.stack([np.log(model.chances(text) + 1e-12) for text, _ in known])
    right = np.array([place for _, place in known])
    doubt = 1 / (len(known) + 2)

    def surprise(temperature: float) -> float:
        cooled = logs / temperature
        total = np.log(np.exp(cooled).sum(axis=1))
        of_right = total - cooled[np.arange(len(right)), right]
        of_any = total - cooled.mean(axis=1)
        return float(((1 - doubt) * of_right + doubt * of_any).mean())

    return min(_TEMPERATURES, key=surprise)


def measure(
    model: Weights,
    texts: Sequence[Sequence[str]],
    labels: Sequence[str],
    *,
    commonest: str,
    measured_on: str,
    before: Weights | None = None,
) -> Figures:
    """Return how a model does on examples it has not seen."""
    chances = [model.chances(text) for text in texts]
    said, likely = [], []
    for each in chances:
        order = np.argsort(-each, kind="stable")[:3]
        said.append(model.labels[int(order[0])])
        likely.append({model.labels[int(place)] for place in order})
    pairs = list(zip(labels, said, strict=True))
    hits = [true == guess for true, guess in pairs]
    classes = _classes(pairs)
    recalls = [each.recall for each in classes if each.recall is not None]
    bins = _bins(chances, hits)
    wrong = Counter(pair for pair in pairs if pair[0] != pair[1]).most_common(_MOST_PAIRS)
    return Figures(
        measured_on=measured_on,
        tested=len(labels),
        accuracy=_share(sum(hits), len(hits)),
        top3=_share(sum(a in b for a, b in zip(labels, likely, strict=True)), len(labels)),
        macro_recall=round(sum(recalls) / len(recalls), 4) if recalls else 0.0,
        baseline=_share(sum(label == commonest for label in labels), len(labels)),
        baseline_label=commonest,
        off=round(sum(abs(s - t) * n for s, t, n in bins) / max(len(hits), 1), 4),
        before=_right(before, texts, labels) if before is not None else None,
        bins=bins,
        classes=classes,
        pairs=[[true, guess, n] for (true, guess), n in wrong],
    )


def _right(model: Weights, texts: Sequence[Sequence[str]], labels: Sequence[str]) -> float:
    hits = sum(
        model.labels[int(np.argmax(model.chances(text)))] == label
        for text, label in zip(texts, labels, strict=True)
    )
    return _share(hits, len(labels))


def _classes(pairs: Sequence[tuple[str, str]]) -> list[ClassFigures]:
    tested, said = Counter(true for true, _ in pairs), Counter(guess for _, guess in pairs)
    right = Counter(true for true, guess in pairs if true == guess)
    return [
        ClassFigures(
            label,
            _share(right[label], said[label]) if said[label] else None,
            _share(right[label], tested[label]) if tested[label] else None,
            tested[label],
            said[label],
        )
        for label in sorted(tested.keys() | said.keys())
    ]


def _bins(chances: Sequence[Floats], hits: Sequence[bool]) -> list[list[float]]:
    """Return per tenth of probability what was said on average and how often it came true."""
    sums = [[0.0, 0.0, 0.0] for _ in range(_BINS)]
    for each, hit in zip(chances, hits, strict=True):
        top = float(each.max())
        place = sums[min(int(top * _BINS), _BINS - 1)]
        place[0], place[1], place[2] = place[0] + top, place[1] + hit, place[2] + 1
    return [[round(s / n, 4), round(t / n, 4), int(n)] for s, t, n in sums if n]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
