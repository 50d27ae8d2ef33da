"""A record is asked field by field, and refuses what it cannot give."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from wanmi.kernel import imports
from wanmi.kernel.errors import Invalid


def record(**values: object) -> imports.Record:
    return imports.Record(1, dict(values))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-09-01T08:00:00+08:00", datetime(2024, 9, 1, 0, tzinfo=UTC)),
        ("2024-09-01 08:00", datetime(2024, 9, 1, 0, tzinfo=UTC)),
        ("2024/9/1 8:00", datetime(2024, 9, 1, 0, tzinfo=UTC)),
        ("2024年9月1日 8时30分", datetime(2024, 9, 1, 0, 30, tzinfo=UTC)),
        ("20240901", datetime(2024, 8, 31, 16, tzinfo=UTC)),
    ],
)
def test_moments_are_read_as_written_in_china(text: str, moment: datetime) -> None:
    assert record(at=text).moment("at") == moment


@pytest.mark.parametrize(
    "ask",
    [
        lambda: record(n="many").number("n"),
        lambda: record(n="nan").number("n"),
        lambda: record(n="1e999").number("n"),
        lambda: record(n=float("inf")).whole("n"),
        lambda: record(n="1.5").whole("n"),
        lambda: record(n="5").number("n", high=4),
        lambda: record(n="perhaps").flag("n"),
        lambda: record(n="yesterday").moment("n"),
        lambda: record(n="0001-01-01").moment("n"),
        lambda: record(n="a\x00b").text("n"),
        lambda: record(n="abc").text("n", max_length=2),
        lambda: record().text("n", required=True),
        lambda: record(n="  ").number("n", required=True),
        lambda: record(lon="116.4").point(),
        lambda: record(lon="39.9", lat="116.4").point(),
        lambda: record(lon="nan", lat="39.9").point(),
    ],
)
def test_unusable_fields_are_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(Invalid):
        ask()


def test_fields_are_read_in_the_usual_spellings() -> None:
    assert record(n="1,048,718").whole("n") == 1048718
    assert record(n="１２.５").number("n") == 12.5
    assert record(n="是").flag("n") is True
    assert record(n="否").flag("n") is False
    assert record(lon="0", lat="0").point() is None
    assert record().number("n") is None
