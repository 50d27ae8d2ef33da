"""CSV and XLSX: rows under a header, each with the number it has in the file."""

import codecs
import csv
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from wanmi.kernel.errors import Invalid, Phrase
from wanmi.kernel.imports.files import Raw, Source, UnreadableFile

_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"


class RowTooLong(Invalid):
    """The row has %(cells)s cells under %(columns)s columns."""

    code = "row_too_long"


class NoSheet(UnreadableFile):
    """%(file)s has no sheet “%(sheet)s”."""

    code = "no_sheet"


class ColumnTwice(UnreadableFile):
    """%(file)s has two columns called “%(column)s”."""

    code = "column_twice"


def read_csv(source: Source) -> Iterator[Raw]:
    """Yield rows of UTF-8 (with or without mark), UTF-16 with mark or GB18030 text."""
    encoding = source.encoding or _encoding(source)
    try:
        with source.path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, delimiter=_delimiter(source, encoding))
            yield from _under_header(source, _numbered(reader))
    except (csv.Error, UnicodeError, LookupError) as error:
        raise source.unreadable(error) from error


def read_xlsx(source: Source) -> Iterator[Raw]:
    """Yield rows of one sheet (the named one or the first), formulas as their last values."""
    try:
        book = openpyxl.load_workbook(source.path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError) as error:
        raise source.unreadable(error) from error
    try:
        if source.layer and source.layer not in book.sheetnames:
            raise NoSheet(file=source.path.name, sheet=source.layer)
        sheet = book[source.layer or book.sheetnames[0]]
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
        yield from _under_header(source, rows)
    finally:
        book.close()


def _under_header(source: Source, rows: Iterable[tuple[int, Any]]) -> Iterator[Raw]:
    filled = ((line, cells) for line, cells in rows if any(c not in (None, "") for c in cells))
    header = next(filled, None)
    if header is None:
        raise source.unreadable(Phrase("it is empty"))
    names = _names(source, header[1])
    for line, cells in filled:
        yield _row(source, line, names, list(cells))


def _names(source: Source, cells: Iterable[Any]) -> list[str]:
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    named = [name for name in names if name]
    twice = {name for name in named if named.count(name) > 1}
    if twice:
        raise ColumnTwice(file=source.path.name, column=sorted(twice)[0])
    return names


def _row(source: Source, line: int, names: list[str], cells: list[Any]) -> Raw:
    surplus = [cell for cell in cells[len(names) :] if cell not in (None, "")]
    if surplus:
        problem = RowTooLong(cells=len(names) + len(surplus), columns=len(names))
        return Raw(line, problem=problem)
    cells += [None] * (len(names) - len(cells))
    values = {name: cell for name, cell in zip(names, cells, strict=False) if name}
    return Raw(line, values, system=source.coordinates or "wgs84")


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Number each row by the line it begins on (Any: csv's reader type has no public name)."""
    begins = 1
    for row in reader:
        yield begins, row
        begins = reader.line_num + 1


def _encoding(source: Source) -> str:
    """Find the encoding that can read the whole file; GB18030 is what Chinese offices save."""
    start = source.path.open("rb").read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _can_read(source.path, encoding):
            return encoding
    raise source.unreadable(Phrase("it is neither UTF-8 nor GB18030 text"))


def _can_read(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(source: Source, encoding: str) -> str:
    with source.path.open(encoding=encoding) as file:
        header = file.readline(_CHUNK)
    return max(_DELIMITERS, key=header.count)
