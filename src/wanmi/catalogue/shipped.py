"""The catalogue a new city starts with, read from the files beside this room's code.

`data/` holds three editions, their classes, the conditions and limits of one city's filing
standard on the numbering of 2013, and where each class of 2013 went in 2026.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from . import rules
from .rules import ClassKey

DATA = Path(__file__).parent / "data"
STANDARD_2013 = "Filing standard of one city on the GB/T 30428.2-2013 numbering"
STANDARD_2026 = "Carried over from a filing standard on the GB/T 30428.2-2013 numbering"
_COUNTS = "一二三四五六七八九"


@dataclass(frozen=True)
class EditionRow:
    """A published catalogue and the days on which it holds, both included."""

    code: str
    standard: str
    name_zh: str
    name_en: str
    minor_digits: int
    valid_from: date
    valid_to: date | None
    certainty: str
    source: str


@dataclass(frozen=True)
class ClassRow:
    """A minor class of one edition."""

    edition: str
    key: ClassKey
    major_zh: str
    major_en: str
    name_zh: str
    name_en: str
    department_zh: str
    department_en: str
    symbol: str
    is_extension: bool
    of_part: bool
    certainty: str
    source: str


@dataclass(frozen=True)
class StandardRow:
    """One filing condition of a class with its limit and closing condition."""

    edition: str
    key: ClassKey
    number: int
    condition_key: str
    condition_zh: str
    condition_en: str
    limit_value: Decimal
    limit_type: str
    closing_key: str
    closing_zh: str
    closing_en: str
    certainty: str
    source: str


@dataclass(frozen=True)
class DefaultLimitRow:
    """The handling limit of a class without a filing standard."""

    kind: str
    limit_value: Decimal
    limit_type: str
    certainty: str
    source: str


@cache
def editions() -> tuple[EditionRow, ...]:
    """Return the three editions, oldest first."""
    return tuple(
        EditionRow(
            code=row["code"],
            standard=row["standard"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            minor_digits=int(row["minor_digits"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            certainty=row["certainty"],
            source=row["source"],
        )
        for row in _rows("editions")
    )


@cache
def classes() -> tuple[ClassRow, ...]:
    """Return every class, with the matters of 2026 that say a part is out of order."""
    printed = tuple(_class(row) for row in _rows("classes"))
    return printed + tuple(
        _out_of_order(each)
        for each in printed
        if each.edition == "2026" and each.key.kind == "part"
    )


@cache
def standards() -> tuple[StandardRow, ...]:
    """Return the filing standards of 2013 and what the numbering rule makes of them for 2026.

    A part's standard holds for the part and for the matter "part out of order" alike.
    """
    printed = tuple(_numbered(_standards_2013()))
    carried = _carried_over(printed)
    return printed + tuple(carried)


@cache
def successors() -> dict[ClassKey, ClassKey]:
    """Return where the classes of 2013 went in 2026; retired ones are missing."""
    return {
        ClassKey(row["kind"], row["major_code"], row["minor_code"]): ClassKey(
            row["kind"], row["to_major_code"], row["to_minor_code"]
        )
        for row in _rows("successors_2013_2026")
    }


@cache
def default_limits() -> tuple[DefaultLimitRow, ...]:
    """Return the limits for classes without a filing standard."""
    return tuple(
        DefaultLimitRow(
            row["kind"],
            Decimal(row["limit_value"]),
            row["limit_type"],
            row["certainty"],
            row["source"],
        )
        for row in _rows("default_limits")
    )


@cache
def condition_words() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the words of a condition in Chinese and English, by key and kind ("" is both)."""
    return {
        (row["key"], row["kind"]): (row["text_zh"], row["text_en"]) for row in _rows("conditions")
    }


@cache
def closing_words() -> dict[str, tuple[str, str]]:
    """Return the words of a closing condition in Chinese and English."""
    return {row["key"]: (row["text_zh"], row["text_en"]) for row in _rows("closings")}


def _out_of_order(part: ClassRow) -> ClassRow:
    """Return the matter "<part> out of order" (GB/T 47678.5-2026: majors 01–05, same code)."""
    return ClassRow(
        edition=part.edition,
        key=part.key._replace(kind="event"),
        major_zh=part.major_zh,
        major_en=part.major_en,
        name_zh=rules.anomaly_name_zh(part.name_zh),
        name_en=rules.anomaly_name_en(part.name_en),
        department_zh=part.department_zh,
        department_en=part.department_en,
        symbol=part.symbol,
        is_extension=part.is_extension,
        of_part=True,
        certainty=part.certainty,
        source=part.source,
    )


def _class(row: dict[str, str]) -> ClassRow:
    return ClassRow(
        edition=row["edition"],
        key=ClassKey(row["kind"], row["major_code"], row["minor_code"]),
        major_zh=row["major_zh"],
        major_en=row["major_en"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        department_zh=row["department_zh"],
        department_en=row["department_en"],
        symbol=row["symbol"],
        is_extension=row["is_extension"] == "1",
        of_part=False,
        certainty=row["certainty"],
        source=row["source"],
    )


def _standards_2013() -> Iterator[StandardRow]:
    for row in _rows("standards_2013"):
        zh, en = words_of_condition(row["condition_key"], row["kind"])
        closing_zh, closing_en = closing_words()[row["closing_key"]]
        yield StandardRow(
            edition="2013",
            key=ClassKey(row["kind"], row["major_code"], row["minor_code"]),
            number=int(row["condition_no"]),
            condition_key=row["condition_key"],
            condition_zh=zh,
            condition_en=en,
            limit_value=Decimal(row["limit_value"]),
            limit_type=row["limit_type"],
            closing_key=row["closing_key"],
            closing_zh=closing_zh,
            closing_en=closing_en,
            certainty="found",
            source=STANDARD_2013,
        )


def words_of_condition(key: str, kind: str) -> tuple[str, str]:
    """Return the words of a condition for a part or an event."""
    words = condition_words()
    return words.get((key, kind)) or words[(key, "")]


def _numbered(rows: Iterator[StandardRow]) -> Iterator[StandardRow]:
    """Tell apart the rows of a class that differ only in words the source does not give."""
    listed = list(rows)
    total = Counter(_sameness(row) for row in listed)
    seen: Counter[tuple[object, ...]] = Counter()
    for row in listed:
        same = _sameness(row)
        seen[same] += 1
        yield row if total[same] == 1 else _marked(row, seen[same])


def _sameness(row: StandardRow) -> tuple[object, ...]:
    return row.key, row.condition_key, row.closing_key


def _marked(row: StandardRow, number: int) -> StandardRow:
    values = row.__dict__ | {
        "condition_zh": f"{row.condition_zh}（情形{_COUNTS[number - 1]}）",
        "condition_en": f"{row.condition_en} (case {number})",
    }
    return StandardRow(**values)


def _carried_over(rows: tuple[StandardRow, ...]) -> Iterator[StandardRow]:
    for row in rows:
        key = successors().get(row.key)
        if key is None:
            continue
        values = row.__dict__ | {"edition": "2026", "certainty": "inferred"}
        values["source"] = STANDARD_2026
        yield StandardRow(**values | {"key": key})
        if key.kind == "part":
            yield StandardRow(**values | {"key": key._replace(kind="event")})


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
