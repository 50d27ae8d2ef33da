"""An edition as a document: its classes and filing standards, edited and compared.

A document is {"based_on", "name_zh", "name_en", "classes": [row], "standards": [row]};
a class is known by kind and code, a standard by kind, code, number and region class.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Document = dict[str, Any]
Key = tuple[str, str]

CLASS = ("kind", "code", "name_zh", "name_en", "major_zh", "major_en", "symbol")
MORE_OF_CLASS = ("department_zh", "department_en", "of_part", "is_extension")
STANDARD = ("kind", "code", "number", "condition_zh", "limit_value", "limit_type", "closing_zh")
MORE_OF_STANDARD = ("condition_en", "closing_en", "region_class", "condition_key", "closing_key")


@dataclass(frozen=True)
class Comparison:
    """What a draft does to the edition it follows: classes by key, standards by class."""

    added: tuple[Row, ...]
    retired: tuple[Row, ...]
    renamed: tuple[tuple[Row, Row], ...]
    moved: tuple[tuple[Row, Row], ...]
    changed: tuple[tuple[Row, Row], ...]
    standards_added: tuple[Row, ...]
    standards_dropped: tuple[Row, ...]

    @property
    def gone(self) -> tuple[Row, ...]:
        """Classes whose code means nothing any more."""
        return self.retired + tuple(old for old, _new in self.moved)


def key_of(row: Row) -> Key:
    """Return what a class is known by."""
    return row["kind"], row["code"]


def find(document: Document, kind: str, code: str) -> Row | None:
    """Return a class of a document."""
    return next((row for row in document["classes"] if key_of(row) == (kind, code)), None)


def standards_of(document: Document, kind: str, code: str) -> list[Row]:
    """Return the filing standards of a class, by number."""
    rows = [row for row in document["standards"] if key_of(row) == (kind, code)]
    return sorted(rows, key=lambda row: (row["number"], row.get("region_class", "")))


def with_class(document: Document, row: Row, *, instead_of: Key | None = None) -> Document:
    """Return the document with a class added, or in the place of one; its standards follow."""
    gone = instead_of or key_of(row)
    classes = [each for each in document["classes"] if key_of(each) != gone]
    kind, code = key_of(row)
    standards = [
        {**each, "kind": kind, "code": code} if key_of(each) == gone else each
        for each in document["standards"]
    ]
    return {**document, "classes": in_order([*classes, row]), "standards": standards}


def without_class(document: Document, key: Key) -> Document:
    """Return the document without a class and its standards."""
    return {
        **document,
        "classes": [row for row in document["classes"] if key_of(row) != key],
        "standards": [row for row in document["standards"] if key_of(row) != key],
    }


def with_standard(document: Document, row: Row) -> Document:
    """Return the document with a filing standard, in the place of one of its number."""
    others = without_standard(document, row)["standards"]
    return {**document, "standards": in_order([*others, row])}


def without_standard(document: Document, row: Row) -> Document:
    """Return the document without the filing standard of that class, number and region class."""
    kept = [each for each in document["standards"] if _same(each) != _same(row)]
    return {**document, "standards": kept}


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows by kind, code and number, so that the same document is always the same."""
    return sorted(rows, key=_same)


def compare(old: Document, new: Document) -> Comparison:
    """Return what changes; a class of the same kind and name under another code has moved."""
    before = {key_of(row): row for row in old["classes"]}
    after = {key_of(row): row for row in new["classes"]}
    added = [row for key, row in after.items() if key not in before]
    retired = [row for key, row in before.items() if key not in after]
    moved = [
        (old_row, new_row)
        for old_row in retired
        for new_row in added
        if (old_row["kind"], old_row["name_zh"]) == (new_row["kind"], new_row["name_zh"])
    ]
    known = {key: (before[key], after[key]) for key in before if key in after}
    renamed = [pair for pair in known.values() if _names(pair[0]) != _names(pair[1])]
    changed = [pair for pair in known.values() if pair[0] != pair[1] and pair not in renamed]
    gone = [old_row for old_row, _new in moved]
    come = [new_row for _old, new_row in moved]
    first = {_whole(row) for row in old["standards"]}
    then = {_whole(row) for row in new["standards"]}
    return Comparison(
        added=tuple(row for row in added if row not in come),
        retired=tuple(row for row in retired if row not in gone),
        renamed=tuple(renamed),
        moved=tuple(moved),
        changed=tuple(changed),
        standards_added=tuple(row for row in new["standards"] if _whole(row) not in first),
        standards_dropped=tuple(row for row in old["standards"] if _whole(row) not in then),
    )


def troubles(document: Document, minor_digits: int) -> list[tuple[str, dict[str, object]]]:
    """Return why a document cannot be an edition, by name with what it is about."""
    found: list[tuple[str, dict[str, object]]] = []
    keys = [key_of(row) for row in document["classes"]]
    for kind, code in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        found.append(("twice", {"code": f"{kind}/{code}"}))
    for kind, code in keys:
        if not (code.isascii() and code.isdigit() and len(code) == 2 + minor_digits):
            found.append(("wrong_code", {"code": f"{kind}/{code}", "digits": 2 + minor_digits}))
    same = [_same(row) for row in document["standards"]]
    known = set(keys)
    for row in document["standards"]:
        if key_of(row) not in known:
            found.append(("no_class", {"code": f"{row['kind']}/{row['code']}"}))
    if len(set(same)) != len(same):
        twice = next(each for each in same if same.count(each) > 1)
        found.append(("standard_twice", {"code": f"{twice[0]}/{twice[1]}", "number": twice[2]}))
    return found


def _same(row: Row) -> tuple[str, str, int, str]:
    return row["kind"], row["code"], row.get("number", 0), row.get("region_class", "")


def _names(row: Row) -> tuple[str, str]:
    return row["name_zh"], row.get("name_en", "")


def _whole(row: Row) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((name, value) for name, value in row.items() if value not in ("", None)))
