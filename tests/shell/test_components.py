"""Components say what they are given, never by colour alone, and escape what people wrote."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from wanmi.shell.components.cases import PHASES
from wanmi.shell.components.times import span_words

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
Draw = Callable[..., str]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (30, "不到 1 分"),
        (60 * 9, "9 分"),
        (3600 * 2 + 60 * 15, "2 小时 15 分"),
        (3600 * 2, "2 小时"),
        (86_400 * 3 + 3600 * 4 + 60, "3 天 4 小时"),
        (-3600, "1 小时"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds: int, words: str) -> None:
    with translation.override("zh-hans"):
        assert span_words(seconds) == words


def test_a_deadline_says_what_is_left_and_the_exact_moment_on_hover(draw: Draw) -> None:
    html = draw('{% component "deadline" due now=now %}', due=NOW + timedelta(minutes=135), now=NOW)

    assert "2 h 15 min left" in html
    assert 'title="2026-11-21 12:15:00"' in html
    assert "lamp--in_time" in html


def test_a_passed_deadline_is_overdue_in_word_and_shape(draw: Draw) -> None:
    html = draw('{% component "deadline" due now=now %}', due=NOW - timedelta(hours=3), now=NOW)

    assert "3 h overdue" in html
    assert "#lamp-overdue" in html


def test_a_paused_clock_does_not_tick(draw: Draw) -> None:
    html = draw('{% component "deadline" due paused=True left_s=7200 now=now %}', due=NOW, now=NOW)

    assert "Paused" in html
    assert "2 h" in html
    assert "data-deadline" not in html


@pytest.mark.parametrize(("lamp", "word"), [("green", "In time"), ("red", "Overdue")])
def test_a_lamp_has_a_word_and_a_shape_beside_its_colour(draw: Draw, lamp: str, word: str) -> None:
    html = draw('{% component "lamp" lamp %}', lamp=lamp)

    assert word in html
    assert "<use href=" in html


def test_the_phase_bar_marks_exactly_one_current_phase(draw: Draw) -> None:
    for phase in PHASES:
        html = draw('{% component "phasebar" phase %}', phase=phase)

        assert html.count('aria-current="step"') == 1


def test_an_ended_case_has_passed_every_phase(draw: Draw) -> None:
    html = draw('{% component "phasebar" "ended" %}')

    assert html.count('data-state="passed"') == len(PHASES)


def test_components_see_nothing_they_were_not_given(draw: Draw) -> None:
    html = draw('{% component "badge" "open" %}', label="secret of the page")

    assert "secret" not in html


@pytest.mark.parametrize(
    "source",
    [
        '{% component "badge" evil %}',
        '{% component "person" evil %}',
        '{% component "field" name="a" label=evil value=evil error=evil help=evil %}',
        '{% component "empty" title=evil help=evil %}',
        '{% wrap "panel" title=evil %}{{ evil }}{% endwrap %}',
        '{% component "map" points=points label=evil %}',
        '{% component "toast" message=evil %}',
    ],
)
def test_what_people_wrote_is_never_markup(draw: Draw, source: str) -> None:
    evil = "<img src=x onerror=alert(1)>"

    html = draw(source, evil=evil, points=[{"id": "1", "lon": 1, "lat": 1, "label": evil}])

    assert "<img" not in html


def test_an_icon_without_a_label_is_hidden_from_screen_readers(draw: Draw) -> None:
    assert 'aria-hidden="true"' in draw('{% icon "bell" %}')
    assert 'aria-label="Notices"' in draw('{% icon "bell" "Notices" %}')
