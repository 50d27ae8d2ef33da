"""List pages: a slice of rows without counting them all, and files of the same rows.

A list costs one query per page, however long it is; beyond the last page the reader
narrows the filters or takes the file.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from wanmi.kernel import exports
from wanmi.kernel.errors import Invalid

Row = TypeVar("Row")
Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)
PAGE_SIZE = 50
LAST_PAGE = 200
MOST_EXPORTED = 50_000


class UnknownFormat(Invalid):
    """There is no such file format; csv and xlsx are offered."""

    code = "unknown_format"


SHOWN = {
    "open": gettext_lazy("In progress"),
    "ended": gettext_lazy("Ended"),
    "all": gettext_lazy("All"),
}
"""What a list of things that end may show, and what each choice is called."""


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


def shown(request: HttpRequest, rows: QuerySet[Any]) -> tuple[str, QuerySet[Any]]:
    """Return which of `SHOWN` the address asks for, and those of the rows (by `ended_at`)."""
    asked = request.GET.get("shown", "open")
    asked = asked if asked in SHOWN else "open"
    return asked, rows if asked == "all" else rows.filter(ended_at__isnull=asked == "open")


def export(
    rows: Iterable[Any], columns: Sequence[Column], *, name: str, form: str
) -> HttpResponse | StreamingHttpResponse:
    """Answer the rows as a file. Raises UnknownFormat."""
    header = [column.title for column in columns]
    lines = ([column.value(row) for column in columns] for row in rows)
    zone = timezone.get_current_timezone()
    if form == "csv":
        pieces = exports.csv_pieces(header, lines, zone=zone)
        stream = StreamingHttpResponse(pieces, content_type=exports.CSV_TYPE)
        return _as_attachment(stream, f"{name}.csv")
    if form == "xlsx":
        file = io.BytesIO()
        exports.write_xlsx(file, header, lines, title=name, zone=zone)
        answer = HttpResponse(file.getvalue(), content_type=exports.XLSX_TYPE)
        return _as_attachment(answer, f"{name}.xlsx")
    raise UnknownFormat


def _as_attachment(response: Answer, name: str) -> Answer:
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "no-store"
    return response


def stamped(name: str) -> str:
    """Return a file name with the minute of its making, in the city's time zone."""
    return f"{name}-{timezone.localtime(datetime.now(UTC)):%Y%m%d-%H%M}"
