"""List pages: a slice of rows without counting them all, and files of the same rows.

A list costs one query per page, however long it is; beyond the last page the reader
narrows the filters or takes the file.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from wanmi.kernel.errors import Invalid

Row = TypeVar("Row")
PAGE_SIZE = 50
LAST_PAGE = 200
MOST_EXPORTED = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is a formula to a spreadsheet, whoever wrote it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class UnknownFormat(Invalid):
    """There is no such file format; csv and xlsx are offered."""

    code = "unknown_format"


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list. ``total`` is None where counting would cost too much."""

    rows: Sequence[Row]
    number: int
    size: int
    has_next: bool
    total: int | None = None

    @property
    def first(self) -> int:
        """Return the place of the first row in the whole list, from 1."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Return the place of the last row in the whole list."""
        return (self.number - 1) * self.size + len(self.rows)

    @property
    def has_previous(self) -> bool:
        """Say whether there is a page before."""
        return self.number > 1

    @property
    def previous(self) -> int:
        """Return the number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """Return the number of the page after."""
        return self.number + 1


@dataclass(frozen=True)
class Column:
    """A column of an exported file."""

    title: str
    value: Callable[[Any], Any]


def page_number(request: HttpRequest) -> int:
    """Return the page asked for; anything that is none means the first."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), LAST_PAGE)


def take(
    rows: QuerySet[Any], number: int, *, size: int = PAGE_SIZE, total: int | None = None
) -> Slice[Any]:
    """Return one page of ordered rows; one query."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    more = len(found) > size and number < LAST_PAGE
    return Slice(found[:size], number, size, more, total)


def export(
    rows: Iterable[Any], columns: Sequence[Column], *, name: str, form: str
) -> HttpResponse | StreamingHttpResponse:
    """Answer the rows as a file. Raises UnknownFormat."""
    if form == "csv":
        return _as_csv(rows, columns, name)
    if form == "xlsx":
        return _as_xlsx(rows, columns, name)
    raise UnknownFormat


def _as_csv(rows: Iterable[Any], columns: Sequence[Column], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_csv_lines(rows, columns), content_type="text/csv")
    response["Content-Type"] = "text/csv; charset=utf-8"
    return _as_attachment(response, f"{name}.csv")


def _csv_lines(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[str]:
    # Spreadsheets take a file for UTF-8 only when it begins with this mark.
    yield "\ufeff" + _csv_line([column.title for column in columns])
    for row in rows:
        yield _csv_line([_plain(column.value(row)) for column in columns])


def _csv_line(values: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()


def _as_xlsx(rows: Iterable[Any], columns: Sequence[Column], name: str) -> HttpResponse:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append([column.title for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, column.value(row)) for column in columns])
    file = io.BytesIO()
    book.save(file)
    return _as_attachment(HttpResponse(file.getvalue(), content_type=XLSX), f"{name}.xlsx")


def _cell(sheet: Any, value: Any) -> Any:
    """Return numbers as numbers; text is never a formula, whatever it begins with."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    cell = WriteOnlyCell(sheet, value=_plain(value, formulas=True))
    cell.data_type = "s"
    return cell


def _plain(value: Any, *, formulas: bool = False) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not formulas else text


def _as_attachment(response: Any, name: str) -> Any:
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response


def stamped(name: str) -> str:
    """Return a file name with the minute of its making, in the city's time zone."""
    return f"{name}-{timezone.localtime(datetime.now(UTC)):%Y%m%d-%H%M}"
