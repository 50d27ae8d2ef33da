"""Every change of a part keeps what was, what is, why and who; the faster one wins."""

from datetime import UTC, date, datetime

import pytest

from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid
from wanmi.registers import actions as registers
from wanmi.registers import queries
from wanmi.registers.actions import NewPart
from wanmi.registers.models import Part

from .conftest import SOUTH, STEP, WEST

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


@pytest.fixture
def post(lamp):
    return registers.enter_part(NewPart(lamp, WEST + STEP / 2, SOUTH + STEP / 2))


@pytest.fixture
def keeper(make_person):
    return make_person("admin")


def test_a_change_of_state_is_remembered_with_its_reason(post, keeper):
    registers.change_state(post, "damaged", reason="hit by a lorry", by=keeper, at=NOON)

    row = queries.part(post.identifier)
    assert (row.state, row.change_date, row.version) == ("damaged", date(2026, 11, 21), 2)
    (change,) = queries.history(row)
    assert (change.operation, change.reason, change.by) == ("state", "hit by a lorry", keeper)
    assert (change.before, change.after) == ({"state": "intact"}, {"state": "damaged"})
    entry = journal.of_subject(f"part:{post.pk}")[-1]
    assert (entry.kind, entry.actor) == ("registers.PartChanged", f"user:{keeper.pk}")
    assert entry.data["change"] == change.pk


def test_a_moved_part_changes_its_grid_but_not_its_number(post):
    registers.move(post, WEST + STEP * 1.5, SOUTH + STEP / 2, reason="road widened")

    row = queries.part(post.identifier)
    assert row.grid_code == "990101001001002"
    assert row.area_path.endswith("990101001001002/")
    assert row.cell != queries.history(row)[0].before["cell"]


@pytest.mark.parametrize("point", [(float("nan"), 30.0), (181.0, 30.0), (120.0, 91.0)])
def test_a_part_is_not_moved_off_the_earth(post, point):
    with pytest.raises(Invalid):
        registers.move(post, *point, reason="slip")


def test_facts_are_corrected(post):
    registers.correct(
        post,
        {"owner_name": " 城市照明  中心 ", "initial_date": date(2020, 1, 2)},
        reason="owner found",
    )

    row = queries.part(post.identifier)
    assert (row.owner_name, row.initial_date) == ("城市照明 中心", date(2020, 1, 2))
    assert queries.history(row)[0].after["initial_date"] == "2020-01-02"


def test_what_a_part_is_cannot_be_corrected(post):
    with pytest.raises(Invalid, match="identifier"):
        registers.correct(post, {"identifier": "1"}, reason="slip")


def test_a_retired_part_stays_as_it_is(post):
    registers.retire(post, reason="road closed")

    assert queries.part(post.identifier).is_retired
    with pytest.raises(registers.PartIsRetired):
        registers.change_state(post, "intact", reason="back again")


def test_setting_removed_is_retiring(post):
    registers.change_state(post, "removed", reason="gone")

    assert queries.history(post)[0].operation == "retire"


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_change_without_a_reason_is_refused(post, reason):
    with pytest.raises(registers.ReasonMissing):
        registers.change_state(post, "lost", reason=reason)


def test_a_change_that_changes_nothing_is_refused(post):
    with pytest.raises(registers.NothingChanges):
        registers.change_state(post, "intact", reason="looked at it")


def test_of_two_editors_the_faster_wins_and_the_other_is_told(post):
    seen_by_both = post.version
    other = Part.objects.get(pk=post.pk)
    registers.change_state(post, "damaged", reason="first", version=seen_by_both)

    with pytest.raises(registers.SomebodyWasFaster):
        registers.change_state(other, "lost", reason="second", version=seen_by_both)

    assert queries.part(post.identifier).state == "damaged"
    assert len(queries.history(post)) == 1
