"""The sums of a suggestion: words out of a text, a dot product, and what weighed most.

A model is plain arrays. Answering needs no library of learning and costs well
under a millisecond, so that every process of the web server can do it.
"""

import io
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

_HAN: Final = "〇々\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES: Final = re.compile(rf"[{_HAN}]+|[^\W\d_{_HAN}]+")
_IS_HAN: Final = re.compile(rf"[{_HAN}]")
MARK: Final = "@"
"""What begins a mark of place, time or class; no word of a text does."""
_LONGEST: Final = 2000
_HOURS_A_PART: Final = 4

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Told:
    """What is known of a report: its words, where and when (`at` in the city's time zone).

    `area_path` is empty where the place is unknown; `category` is "kind/code"
    where the class is known already.
    """

    words: str
    area_path: str = ""
    at: datetime | None = None
    category: str = ""


def terms(told: Told) -> list[str]:
    """Return what a model weighs of a report: its words, then the marks of place and time."""
    return [*_words(told.words), *_marks(told)]


def _words(text: str) -> list[str]:
    """Return Chinese as words and as pairs of characters, other scripts as words.

    Pairs mend what the cutter misses (it reads 路灯不亮 as 路 and 灯不亮).
    Digits are left out: they are numbers of houses and of people.
    """
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    found: list[str] = []
    for piece in _PIECES.findall(folded):
        if _IS_HAN.match(piece):
            pairs = [piece[i : i + 2] for i in range(len(piece) - 1)]
            known = set(pairs)
            found += pairs
            found += [word for word in _cut(piece) if word not in known]
        else:
            found.append(piece)
    return found


def _cut(piece: str) -> list[str]:
    import rjieba  # late: its dictionary costs a tenth of a second

    return list(rjieba.cut(piece, False))


def _marks(told: Told) -> list[str]:
    codes = [code for code in told.area_path.split("/") if code]
    marks = [f"{MARK}area:{code}" for code in codes[2:4]]
    if told.at is not None:
        marks.append(f"{MARK}hour:{told.at.hour // _HOURS_A_PART * _HOURS_A_PART}")
        marks.append(f"{MARK}day:{'weekend' if told.at.weekday() > 4 else 'workday'}")
    if told.category:
        marks.append(f"{MARK}class:{told.category}")
    return marks


@dataclass(frozen=True)
class Answer:
    """One label with its probability (0 to 1) and the terms that spoke for it, strongest first."""

    label: str
    probability: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weights:
    """A linear model over terms: TF-IDF, one column of weights a label, a softmax.

    `weights` has one row a term. `temperature` divides the sums, so that a
    probability said comes true about as often as it says.
    """

    labels: tuple[str, ...]
    places: dict[str, int]
    idf: Floats
    weights: Floats
    base: Floats
    temperature: float = 1.0

    def suggest(
        self, found: Iterable[str], *, most: int = 3, known: Container[str] | None = None
    ) -> list[Answer]:
        """Return the likeliest labels of a text's terms, likeliest first; only `known` ones."""
        rows, shares = self._weighed(found)
        chances = self._chances(rows, shares)
        ranked = np.argsort(-chances, kind="stable").tolist()
        order = [k for k in ranked if known is None or self.labels[k] in known][:most]
        mean = self.weights[rows].mean(axis=1) if len(rows) else np.zeros(0, np.float32)
        return [
            Answer(self.labels[k], float(chances[k]), self._because(rows, shares, mean, k))
            for k in order
        ]

    def chances(self, found: Iterable[str]) -> Floats:
        """Return the probability of every label, in the order of `labels`."""
        return self._chances(*self._weighed(found))

    def _weighed(self, found: Iterable[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        """Return the rows of the known terms and what each counts: (1 + ln n) · idf, length 1."""
        counted = Counter(place for term in found if (place := self.places.get(term)) is not None)
        rows = np.fromiter(counted, np.intp, len(counted))
        often = np.fromiter((1 + math.log(n) for n in counted.values()), np.float32, len(counted))
        shares = often * self.idf[rows]
        length = float(np.sqrt((shares**2).sum()))
        return rows, (shares / length if length else shares).astype(np.float32)

    def _chances(self, rows: npt.NDArray[np.intp], shares: Floats) -> Floats:
        sums = (shares @ self.weights[rows] + self.base) / np.float32(self.temperature)
        grown = np.exp(sums - sums.max())
        chances: Floats = grown / grown.sum()
        return chances

    def _because(
        self, rows: npt.NDArray[np.intp], shares: Floats, mean: Floats, label: int
    ) -> tuple[str, ...]:
        """Return the terms that spoke more for this label than for others."""
        spoke = shares * (self.weights[rows, label] - mean)
        strongest = [int(i) for i in np.argsort(-spoke)[:_MOST_READ] if spoke[i] > 0]
        names = self._names
        return readable([names[int(rows[i])] for i in strongest])

    @cached_property
    def _names(self) -> Sequence[str]:
        return sorted(self.places, key=self.places.__getitem__)


_MOST_READ: Final = 8
_MOST_NAMED: Final = 4


def readable(strongest: Sequence[str]) -> tuple[str, ...]:
    """Return terms as people read them: marks and single characters left out, no part twice."""
    named: list[str] = []
    for term in strongest:
        if _is_word(term) and not any(term in known for known in named):
            named = [known for known in named if known not in term] + [term]
    return tuple(named[:_MOST_NAMED])


def _is_word(term: str) -> bool:
    """Say whether a term is a word by itself, not a mark and no pair across two words."""
    if term.startswith(MARK):
        return False
    return not _IS_HAN.match(term) or (len(term) > 1 and len(_cut(term)) == 1)


def packed(models: dict[str, Weights]) -> bytes:
    """Return models by name as bytes (a NumPy archive, halves as weights; nothing executable)."""
    arrays: dict[str, Any] = {}
    for name, model in models.items():
        arrays |= {
            f"{name}.labels": _as_bytes(model.labels),
            f"{name}.terms": _as_bytes(model._names),
            f"{name}.idf": model.idf.astype(np.float32),
            f"{name}.weights": model.weights.astype(np.float16),
            f"{name}.base": model.base.astype(np.float32),
            f"{name}.temperature": np.float32(model.temperature),
        }
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpacked(kept: bytes) -> dict[str, Weights]:
    """Return the models that `packed` has kept."""
    with np.load(io.BytesIO(kept), allow_pickle=False) as arrays:
        names = sorted({key.partition(".")[0] for key in arrays.files})
        return {name: _unpacked(arrays, name) for name in names}


def _unpacked(arrays: Any, name: str) -> Weights:
    return Weights(
        labels=_as_words(arrays[f"{name}.labels"]),
        places={term: place for place, term in enumerate(_as_words(arrays[f"{name}.terms"]))},
        idf=arrays[f"{name}.idf"],
        weights=arrays[f"{name}.weights"].astype(np.float32),
        base=arrays[f"{name}.base"],
        temperature=float(arrays[f"{name}.temperature"]),
    )


def _as_bytes(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _as_words(kept: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    text = kept.tobytes().decode()
    return tuple(text.split("\n")) if text else ()
