"""What no database can store is refused."""

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from wanmi.kernel import text
from wanmi.kernel.errors import Invalid


class Report(BaseModel):
    description: text.Text
    title: text.Line = ""
    lon: text.Longitude = 0.0
    lat: text.Latitude = 0.0


@given(st.text(st.characters(codec="utf-8")))
def test_accepted_text_can_always_be_stored(value: str) -> None:
    try:
        cleaned = text.clean_text(value, max_length=10_000)
    except Invalid:
        assert any(unicodedata.category(c) == "Cc" for c in value)
    else:
        assert cleaned == cleaned.strip()
        assert "\x00" not in cleaned
        assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@pytest.mark.parametrize(
    "bad", ["a\x00b", "\ud800", "x\udfffy", "bell\x07", "\x1b[31m", "\x85x\x9f"]
)
def test_unstorable_characters_are_refused(bad: str) -> None:
    with pytest.raises(text.UnusableText):
        text.clean_text(bad, max_length=100)


def test_lines_tabs_and_rare_characters_stay() -> None:
    assert text.clean_text(" 一\r\n二\t𠮷👮🏽 ", max_length=10) == "一\n二\t𠮷👮🏽"
    assert text.clean_line(" 一\r\n 二\u3000三 ") == "一 二 三"


def test_the_length_is_counted_after_trimming() -> None:
    assert text.clean_text("  井盖 ", max_length=2) == "井盖"
    with pytest.raises(text.TextTooLong, match="3 characters; at most 2"):
        text.clean_text("井盖坏", max_length=2)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 180.01])
def test_numbers_are_finite_and_ranged(bad: float) -> None:
    with pytest.raises(text.UnusableNumber):
        text.finite(bad, low=-180, high=180)
    with pytest.raises(ValidationError):
        Report(description="x", lon=bad)


@pytest.mark.parametrize("bad", ["\x00", "\ud800", "x" * 2001])
def test_a_model_refuses_bad_text(bad: str) -> None:
    with pytest.raises(ValidationError):
        Report(description=bad)


def test_a_model_cleans_its_text() -> None:
    report = Report(description=" a{b} ", title="a\nb")

    assert (report.description, report.title) == ("a{b}", "a b")


def test_a_made_type_names_its_length_in_the_schema() -> None:
    adapter: TypeAdapter[str] = TypeAdapter(text.text(5))

    assert adapter.json_schema()["maxLength"] == 5
    with pytest.raises(ValidationError, match="at most 5"):
        adapter.validate_python("123456")
