"""The forms of a class and of a filing standard in a draft, and files of either."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop

from wanmi.kernel import imports
from wanmi.kernel.errors import Invalid
from wanmi.kernel.limits import LimitType
from wanmi.shell import tables
from wanmi.shell.schemaforms import SchemaForm

from ..models import CategoryKind
from ..words import limit_words
from . import rules
from .rules import Document, Row

MOST_BYTES = 5_000_000
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
PIECES = {
    "classes": (*rules.CLASS, *rules.MORE_OF_CLASS),
    "standards": (*rules.STANDARD, *rules.MORE_OF_STANDARD),
}
"""The two tables of an edition as files, by name."""


class NoUsableFile(Invalid):
    """Choose a CSV or XLSX file of at most 5 MB."""

    code = "no_usable_file"


def class_form(document: Document, row: Row | None) -> SchemaForm:
    """Return the form of a class: its kind, code, names, major class and who usually answers."""
    kinds = {str(kind): str(words) for kind, words in CategoryKind.choices}
    symbols = sorted({each["symbol"] for each in document["classes"]} | {"other"})
    properties = {
        "kind": _choice(gettext_noop("Kind"), list(kinds)),
        "code": {
            **_line(gettext_noop("Code"), 5, minLength=4),
            "description": gettext_noop("Major and minor class; another code moves the class."),
        },
        "name_zh": _line(gettext_noop("Chinese name"), 60, minLength=1),
        "name_en": _line(gettext_noop("English name"), 100, minLength=1),
        "major_zh": _line(gettext_noop("Major class (Chinese)"), 40, minLength=1),
        "major_en": _line(gettext_noop("Major class (English)"), 80, minLength=1),
        "symbol": _choice(gettext_noop("Map symbol"), symbols),
        "department_zh": _line(gettext_noop("Usually answers (Chinese)"), 120),
        "department_en": _line(gettext_noop("Usually answers (English)"), 120),
    }
    schema = {"type": "object", "required": list(rules.CLASS), "properties": properties}
    return SchemaForm(schema, {"kind": {"options": kinds}}, values=row or {"symbol": "other"})


def standard_form(row: Row | None, number: int) -> SchemaForm:
    """Return the form of a filing standard of a class."""
    types = {str(each): limit_words(1, each) for each in LimitType}
    properties = {
        "number": {
            "type": "integer",
            "title": gettext_noop("Number of the condition"),
            "minimum": 1,
            "maximum": 99,
        },
        "condition_zh": _line(gettext_noop("Filed when (Chinese)"), 120, minLength=1),
        "condition_en": _line(gettext_noop("Filed when (English)"), 160),
        "limit_value": {
            "type": "number",
            "title": gettext_noop("Limit"),
            "exclusiveMinimum": 0,
            "maximum": 3650,
        },
        "limit_type": _choice(gettext_noop("Counted in"), list(types)),
        "closing_zh": _line(gettext_noop("Closed when (Chinese)"), 120, minLength=1),
        "closing_en": _line(gettext_noop("Closed when (English)"), 160),
    }
    required = ["number", "condition_zh", "limit_value", "limit_type", "closing_zh"]
    schema = {"type": "object", "required": required, "properties": properties}
    hints = {"limit_type": {"options": types}}
    return SchemaForm(schema, hints, values=row or {"number": number}, prefix=f"s{number}")


def columns(piece: str) -> list[tables.Column]:
    """Return the columns of a file: the names of the fields, so that it can come back."""
    return [tables.Column(name, _value(name)) for name in PIECES[piece]]


def read_file(sent: Any, piece: str) -> tuple[list[Row], imports.Report]:
    """Return the rows of a file and what could not be read, line by line. Raises NoUsableFile."""
    suffix = Path(getattr(sent, "name", "") or "").suffix.lower()
    if (
        not isinstance(sent, UploadedFile)
        or (sent.size or 0) > MOST_BYTES
        or suffix not in SUFFIXES
    ):
        raise NoUsableFile
    report = imports.Report(piece)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{piece}{suffix}"
        path.write_bytes(sent.read())
        return list(_rows(path, piece, report)), report


def _rows(path: Path, piece: str, report: imports.Report) -> Iterator[Row]:
    for record in imports.read(imports.Source(path), imports.Options(), report):
        with report.row(record):
            yield _row(record, piece)


def _row(record: imports.Record, piece: str) -> Row:
    required = rules.CLASS if piece == "classes" else rules.STANDARD
    row: Row = {}
    for name in PIECES[piece]:
        must = name in required
        if name in {"of_part", "is_extension"}:
            row[name] = bool(record.flag(name))
        elif name == "number":
            row[name] = record.whole(name, required=must)
        elif name == "limit_value":
            row[name] = record.number(name, required=must)
        else:
            row[name] = record.text(name, required=must)
    return {name: value for name, value in row.items() if value not in ("", None, False)}


def _value(name: str) -> Any:
    return lambda row: row.get(name, "")


def _choice(title: str, values: list[str]) -> dict[str, Any]:
    return {"type": "string", "title": title, "enum": values, "x-ui": "select"}


def _line(title: str, length: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "title": title, "maxLength": length, "x-ui": "text", **more}
