"""Exported tables open as they are, and nothing in them runs."""

import csv
import io
from datetime import UTC, date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanmi.kernel import exports

CHINA = ZoneInfo("Asia/Shanghai")
HEADER = ["编号", "时间"]
ROWS: list[list[object]] = [
    ["110108001001007", datetime(2024, 9, 1, 0, 30, 15, 99, tzinfo=UTC)],
    ['=HYPERLINK("http://x")', None],
]


class Lamp(Enum):
    RED = "red"


def sheet_of(rows: list[list[object]]) -> list[tuple[object, ...]]:
    file = io.BytesIO()
    exports.write_xlsx(file, HEADER, rows, title="案件/导出", zone=CHINA)
    file.seek(0)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    return list(sheet.iter_rows(values_only=True))


def csv_of(rows: list[list[object]]) -> list[list[str]]:
    text = b"".join(exports.csv_pieces(HEADER, rows, zone=CHINA)).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_csv_is_written_for_office_programs() -> None:
    assert csv_of(ROWS) == [
        HEADER,
        ["110108001001007", "2024-09-01 08:30:15"],
        ['\'=HYPERLINK("http://x")', ""],
    ]


def test_xlsx_keeps_types_and_runs_nothing() -> None:
    rows = sheet_of(ROWS)

    assert rows[0] == tuple(HEADER)
    assert rows[1] == ("110108001001007", datetime(2024, 9, 1, 8, 30, 15))  # noqa: DTZ001
    assert rows[2] == ('=HYPERLINK("http://x")', None)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_formulas_are_quoted(text: str) -> None:
    assert exports.safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.5", "-12%", "a=b", "", "井盖"])
def test_ordinary_text_stays(text: str) -> None:
    assert exports.safe_text(text) == text


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=5))
def test_any_text_goes_out_and_comes_back(rows: list[list[object]]) -> None:
    read = csv_of(rows)[1:]

    assert len(read) == len(rows)
    for row, back in zip(rows, read, strict=True):
        for cell, text in zip(row, back, strict=True):
            assert text.removeprefix("'") == str(cell).encode("utf-8", "replace").decode() or (
                text == str(cell)
            )


def test_other_values_become_plain_ones() -> None:
    rows = sheet_of(
        [[Lamp.RED, date(2024, 9, 1)], [("a", "b"), 3.5], ["x\x00\x07\ud800y", "z" * 40_000]]
    )

    assert rows[1] == ("red", datetime(2024, 9, 1))  # noqa: DTZ001 - workbooks know no zones
    assert rows[2] == ("a, b", 3.5)
    assert rows[3] == ("x?y", "z" * 32_767)


def test_pieces_are_yielded_while_rows_come() -> None:
    taken = 0

    def rows() -> object:
        nonlocal taken
        for number in range(5000):
            taken += 1
            yield [number, number]

    pieces = exports.csv_pieces(HEADER, rows())  # type: ignore[arg-type]  # a generator of rows
    next(pieces)
    next(pieces)

    assert taken == 500


def test_a_sheet_that_is_full_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "LONGEST_SHEET", 3)

    with pytest.raises(exports.TooManyRows):
        sheet_of([[1, 1], [2, 2], [3, 3]])
