"""Decision tables are published with their samples; overlaps are refused with the row."""

from __future__ import annotations

import pytest

from tests.kernel.tables import table
from wanmi.kernel.dmn import UnusableTable
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries

pytestmark = pytest.mark.django_db
COLUMNS = [("category", "string"), ("level", "integer")], [("department", "string")]
ROWS = [(['"06001"', "1"], ['"CLEAN"']), (['"06001"', "> 1"], ['"LAMPS"'])]
SAMPLE = {"given": {"category": "06001", "level": 1}, "expected": {"department": "CLEAN"}}


def test_the_newest_version_answers() -> None:
    first = workflow.publish_decision("routing", table(*COLUMNS, ROWS), [SAMPLE])
    again = workflow.publish_decision("routing", table(*COLUMNS, ROWS), [SAMPLE])
    workflow.publish_decision("routing", table(*COLUMNS, [ROWS[0]]), [])

    answer = queries.decide("routing", {"category": "06001", "level": 2})

    assert first == again
    assert answer is not None
    assert answer.rows == ()
    assert queries.decide("limits", {}) is None


def test_overlapping_rows_are_refused_and_named() -> None:
    rows = [*ROWS, (["-", "[2..5]"], ['"CLEAN"'])]

    with pytest.raises(workflow.OverlappingRows) as refused:
        workflow.publish_decision("routing", table(*COLUMNS, rows), [])

    assert refused.value.errors[0]["loc"] == ["rows", 3]
    assert "[2..5]" in str(refused.value)


def test_a_sample_answered_otherwise_is_refused() -> None:
    wrong = {"given": {"category": "06001", "level": 2}, "expected": {"department": "CLEAN"}}

    with pytest.raises(workflow.SampleFails, match="LAMPS"):
        workflow.publish_decision("routing", table(*COLUMNS, ROWS), [SAMPLE, wrong])


def test_an_unknown_writing_is_refused() -> None:
    with pytest.raises(UnusableTable):
        workflow.publish_decision("routing", table(*COLUMNS, [(["06001", "1"], ['"X"'])]), [])
