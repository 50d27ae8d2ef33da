"""The words by which a case is found, and what a person's question asks of them.

Chinese is written into the index as overlapping pairs of characters, and a
question is cut into words by rjieba, each asked for by its pairs. A cutter on
both sides loses words (it reads 路灯不亮 as 路 and 灯不亮, so that nobody
finds 路灯); pairs find every word of two characters or more wherever it stands.

A word of text is all letters or all digits; marks are a letter followed by
digits, so that no text can pretend to be one: `a…` an area above the case, `u…`
who reported it, `n…` a number read forwards, `r…` read backwards (its tail).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

_HAN = "〇々\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES = re.compile(rf"[{_HAN}]+|[^\W\d_{_HAN}]+|\d+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_PART_OF_NUMBER = 3
"""Digits a tail or beginning of a number must have; fewer would find everything."""
_ASKED = 12
"""Words of a question that are looked for; more would only cost."""


@dataclass(frozen=True)
class Word:
    """A word to be found, whole or by its beginning."""

    text: str
    is_beginning: bool = False


Question = tuple[tuple[Word, ...], ...]
"""All of these groups must be met, each by any of its words."""


def search_words(
    *texts: str, area_path: str, numbers: Iterable[str] = (), reported_by: int | None = None
) -> str:
    """Return the words of a case, separated by spaces, for the index of either database."""
    words = [word for text in texts for piece in _pieces(text) for word in _written(piece)]
    words += [area_mark(code) for code in area_path.split("/") if code]
    for number in numbers:
        plain = _plain(number)
        words += [f"n{plain}", f"r{plain[::-1]}"] if plain else []
    if reported_by is not None:
        words.append(f"u{reported_by}")
    return " ".join(dict.fromkeys(words))


def question(text: str) -> Question:
    """Return what a person asks for: every word, and digits also as a part of a number."""
    groups = [group for piece in _pieces(text) for group in _asked(piece)]
    return tuple(dict.fromkeys(groups[:_ASKED]))


def within(area_paths: Iterable[str], reported_by: int | None) -> Question:
    """Return the condition of lying in one of the areas or being reported by a person.

    An empty path is everywhere: no condition.
    """
    paths = list(area_paths)
    if "" in paths:
        return ()
    marks = [Word(area_mark(path.rstrip("/").rpartition("/")[2])) for path in paths]
    if reported_by is not None:
        marks.append(Word(f"u{reported_by}"))
    return (tuple(marks),) if marks else ()


def area_mark(code: str) -> str:
    """Return the word that stands for an area."""
    return f"a{_plain(code)}"


def as_fts5(asked: Question) -> str:
    """Return a question as SQLite's FTS5 reads it."""
    groups = (" OR ".join(_fts5(word) for word in group) for group in asked)
    return " AND ".join(f"({group})" for group in groups)


def as_tsquery(asked: Question) -> str:
    """Return a question as PostgreSQL's tsquery reads it."""
    groups = (" | ".join(_tsquery(word) for word in group) for group in asked)
    return " & ".join(f"({group})" for group in groups)


def _written(piece: str) -> Iterator[str]:
    if not _IS_HAN.match(piece):
        yield piece
        return
    # The last character stands alone, so that every character begins a word.
    yield from (piece[i : i + 2] for i in range(len(piece)))


def _asked(piece: str) -> Iterator[tuple[Word, ...]]:
    if piece.isdecimal() and len(piece) >= _PART_OF_NUMBER:
        yield Word(piece), Word(f"n{piece}", True), Word(f"r{piece[::-1]}", True)
    elif not _IS_HAN.match(piece):
        yield (Word(piece),)
    else:
        for word in _cut(piece):
            pairs = [word[i : i + 2] for i in range(len(word) - 1)]
            yield from ((Word(pair),) for pair in pairs)
            if not pairs:
                yield (Word(word, True),)


def _cut(piece: str) -> Iterator[str]:
    """Cut Chinese into words; single characters in a row stay together (占道)."""
    import rjieba  # late: its dictionary costs a tenth of a second

    for is_single, group in groupby(rjieba.cut(piece, False), key=lambda word: len(word) == 1):
        words = list(group)
        yield from ["".join(words)] if is_single else words


def _pieces(text: str) -> list[str]:
    return _PIECES.findall(_folded(text))


def _plain(code: str) -> str:
    return "".join(_pieces(code))


def _fts5(word: Word) -> str:
    return f'"{word.text}"*' if word.is_beginning else f'"{word.text}"'


def _tsquery(word: Word) -> str:
    return f"'{word.text}':*" if word.is_beginning else f"'{word.text}'"


def _folded(text: str) -> str:
    """Fold case, width and accents here, as the two indexes do it differently."""
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(bare)).casefold()
