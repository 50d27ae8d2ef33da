"""The starter sentences: written for this project, so that a new city has something to begin with.

They are no reports of any city. Each class of the edition of 2026 has some; a
part's are made of its names and of what goes wrong with such things. A
sentence marked with "!" is one that cannot wait.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

EDITION = "2026"
_URGENT = "!"


@dataclass(frozen=True)
class Sentence:
    """A starter sentence of a class ("kind/code")."""

    words: str
    category: str
    is_urgent: bool


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return every starter sentence."""
    return (*_of_events(), *_of_parts())


def _of_events() -> Iterator[Sentence]:
    for row in _rows("starter_events"):
        for said in row["sentences"].split("|"):
            yield _sentence(said, f"event/{row['code']}")


def _of_parts() -> Iterator[Sentence]:
    """Give every trouble of a part once, its names taking turns."""
    troubles = {row["group"]: row["troubles"].split("|") for row in _rows("starter_troubles")}
    for row in _rows("starter_parts"):
        names, wrong = row["things"].split("|"), troubles[row["group"]]
        for place, trouble in enumerate(wrong):
            urgent = _URGENT if trouble.startswith(_URGENT) else ""
            said = names[place % len(names)] + trouble.removeprefix(_URGENT)
            yield _sentence(urgent + said, f"part/{row['code']}")


def _sentence(said: str, category: str) -> Sentence:
    return Sentence(said.removeprefix(_URGENT), category, said.startswith(_URGENT))


def _rows(name: str) -> list[dict[str, str]]:
    text = files("wanmi.triage").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text)))
