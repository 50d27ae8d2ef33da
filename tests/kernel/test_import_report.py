"""The report counts every row and tells its reason."""

import pytest

from tests.kernel.reading import Write, read_file
from wanmi.kernel import imports
from wanmi.kernel.errors import Invalid
from wanmi.kernel.imports import Options, Report, Source


def record(**values: object) -> imports.Record:
    return imports.Record(1, dict(values))


def test_the_report_counts_and_tells(write: Write) -> None:
    report = Report("places")
    records, _ = read_file(write("a.csv", "code\nnew\nsame\nbad\n"))

    for each in records:
        with report.row(each):
            if each.text("code") == "bad":
                raise Invalid("The code %(code)s is taken.", code="bad")
            if each.text("code") == "same":
                report.skip()
    report.leave_unlocated(2)
    report.note_repair(2, "The boundary crossed itself.")

    assert (report.accepted, report.unchanged, report.total) == (1, 1, 3)
    assert report.as_text().splitlines() == [
        "places: 1 accepted, 1 unchanged, 1 unlocated, 1 repaired, 1 rejected.",
        "line 4: rejected: The code bad is taken.",
        "line 2: unlocated: The row has no place.",
        "line 2: repaired: The boundary crossed itself.",
    ]


def test_a_bug_in_a_row_stays_loud() -> None:
    report = Report("places")

    with pytest.raises(ZeroDivisionError), report.row(record()):
        raise ZeroDivisionError
    assert report.total == 0


@pytest.mark.parametrize(
    ("rejected", "dry_run", "keep_good", "undo"),
    [
        (0, False, False, False),
        (1, False, False, True),
        (1, False, True, False),
        (0, True, True, True),
    ],
)
def test_all_or_nothing_unless_good_rows_are_kept(
    rejected: int, dry_run: bool, keep_good: bool, undo: bool
) -> None:
    report = Report("places")
    for line in range(rejected):
        report.reject(line, Invalid())

    assert report.must_undo(Options(dry_run=dry_run, keep_good=keep_good)) is undo


def test_kinds_are_offered_and_found() -> None:
    def load(source: Source, options: Options) -> Report:
        return Report("test-things")

    imports.offer("test-things", load, summary="Things of a test")

    assert imports.loader("test-things") is load
    assert "test-things" in [kind.name for kind in imports.kinds()]
    with pytest.raises(imports.UnknownKind, match="test-things"):
        imports.loader("nothing")
