"""Tables going out: CSV and XLSX, row by row, safe to open in an office program.

Text that a spreadsheet would run as a formula is quoted. Moments are written in the given
zone, without it, because spreadsheets know none. In CSV a spreadsheet may shorten codes of
more than 15 digits; XLSX keeps them, so offer it first.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from wanmi.kernel.errors import Invalid

# Any: a cell is whatever plain data a row holds.
Cell = Any
Rows = Iterable[Sequence[Cell]]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_SHEET = 1_048_576
_LONGEST_CELL = 32_767
_ROWS_A_PIECE = 500
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?%?")


class TooManyRows(Invalid):
    """A sheet holds at most %(most)s rows; narrow the filter or take CSV."""

    code = "too_many_rows"


def csv_pieces(header: Sequence[str], rows: Rows, *, zone: tzinfo = UTC) -> Iterator[bytes]:
    """Yield a CSV file in pieces: UTF-8 with mark, commas, CRLF (RFC 4180)."""
    yield b"\xef\xbb\xbf" + _piece([header], zone)
    waiting = iter(rows)
    while piece := list(islice(waiting, _ROWS_A_PIECE)):
        yield _piece(piece, zone)


def write_xlsx(
    file: BinaryIO,
    header: Sequence[str],
    rows: Rows,
    *,
    title: str = "Wanmi",
    zone: tzinfo = UTC,
) -> None:
    """Write one sheet with a bold, frozen header; memory stays flat however many rows come."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    try:
        _fill(sheet, header, rows, zone)
    except BaseException:
        # A half-written sheet holds an open file that only closing removes.
        sheet.close()
        raise
    book.save(file)


def _fill(sheet: Any, header: Sequence[str], rows: Rows, zone: tzinfo) -> None:
    """Append header and rows (Any: see ``_xlsx_cell``)."""
    sheet.append([_xlsx_cell(sheet, name, zone, bold=True) for name in header])
    for number, row in enumerate(rows, start=2):
        if number > LONGEST_SHEET:
            raise TooManyRows(most=LONGEST_SHEET - 1)
        sheet.append([_xlsx_cell(sheet, value, zone) for value in row])


def safe_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; plain numbers stay as they are."""
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _piece(rows: Iterable[Sequence[Cell]], zone: tzinfo) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([_csv_cell(value, zone) for value in row] for row in rows)
    return file.getvalue().encode("utf-8", "replace")


def _csv_cell(value: Cell, zone: tzinfo) -> Cell:
    plain = _plain(value, zone)
    if isinstance(plain, datetime):
        return plain.isoformat(sep=" ", timespec="seconds")
    return safe_text(plain) if isinstance(plain, str) else plain


def _xlsx_cell(sheet: Any, value: Cell, zone: tzinfo, *, bold: bool = False) -> Any:
    """Return a cell (Any: openpyxl's write-only sheet has another type than its stubs say)."""
    plain = _plain(value, zone)
    if not isinstance(plain, str):
        return WriteOnlyCell(sheet, plain)
    text = ILLEGAL_CHARACTERS_RE.sub("", plain.encode("utf-8", "replace").decode("utf-8"))
    text = text[:_LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    # A text is a text: openpyxl would make a formula of everything that begins with "=".
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _plain(value: Cell, zone: tzinfo) -> Cell:
    """Turn a value into what both formats can hold."""
    if isinstance(value, datetime):
        local = value.astimezone(zone) if value.tzinfo else value
        return local.replace(tzinfo=None, microsecond=0)
    if isinstance(value, Enum):
        return _plain(value.value, zone)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(each) for each in value)
    is_cell = value is None or isinstance(value, str | bool | int | float | Decimal)
    if is_cell or hasattr(value, "isoformat"):
        return value
    return str(value)
