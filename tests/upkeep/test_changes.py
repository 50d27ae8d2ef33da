"""Every change of the administration is drafted, shown, applied, journalled and can be undone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.journal.models import JournalEntry
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.organisation.models import Role
from wanmi.upkeep import actions, queries
from wanmi.upkeep.models import Change

MONDAY = datetime(2026, 11, 16, 1, tzinfo=UTC)


def matter(key, town):
    return queries.matter_of(key, organisation.scope_of(town.admin))


def change(town, key, item, content, **more):
    row = actions.draft(matter(key, town), item, content, by=town.admin)
    return actions.apply(row, by=town.admin, **more)


def with_duties(code, *, without=(), and_=()):
    row = Role.objects.get(code=code)
    duties = [d for d in organisation.duties.WORDS if d in {*row.duties, *and_} - {*without}]
    return {"name_zh": row.name_zh, "name_en": row.name_en, "duties": duties}


def told():
    kinds = JournalEntry.objects.filter(kind__startswith="upkeep.").order_by("number")
    return [kind.removeprefix("upkeep.Change") for kind in kinds.values_list("kind", flat=True)]


def test_a_draft_changes_nothing_yet(town):
    wanted = with_duties("street", and_=[organisation.duties.SEE_BOARD])

    actions.draft(matter("roles", town), "street", wanted, by=town.admin)

    assert not organisation.scope_of(town.street).may(organisation.duties.SEE_BOARD)
    assert told() == ["Drafted"]


def test_applied_it_holds_at_once_and_undone_it_is_as_before(town):
    before = Role.objects.get(code="street").duties
    row = change(town, "roles", "street", with_duties("street", and_=["board.see"]))
    assert organisation.scope_of(town.street).may("board.see")

    actions.undo(row, by=town.admin)

    assert sorted(Role.objects.get(code="street").duties) == sorted(before)
    assert told() == ["Drafted", "Applied", "Applied"]


def test_only_the_last_change_of_a_thing_can_be_undone(town):
    first = change(town, "roles", "street", with_duties("street", and_=["board.see"]))
    change(town, "roles", "street", with_duties("street", and_=["journal.see"]))

    with pytest.raises(actions.NotTheLast):
        actions.undo(first, by=town.admin)


def test_two_drafts_never_pass_each_other_unseen(town):
    wanted = with_duties("street", and_=["board.see"])
    row = actions.draft(matter("roles", town), "street", wanted, by=town.admin)
    Change.objects.create(
        matter="roles",
        item="street",
        content={},
        state="applied",
        from_day=timezone.localdate(),
        made_at=MONDAY,
    )

    with pytest.raises(actions.ChangedMeanwhile):
        actions.apply(row, by=town.admin)


def test_nothing_new_is_no_change(town):
    now = matter("roles", town).now("street")

    with pytest.raises(actions.NothingChanges):
        actions.draft(matter("roles", town), "street", now, by=town.admin)


def test_a_new_role_comes_into_being_and_can_be_taken_back(town):
    content = {"name_zh": "巡查员", "name_en": "Patrol", "duties": ["cases.see"]}

    row = change(town, "roles", "patrol", content)
    assert Role.objects.get(code="patrol").duties == ["cases.see"]

    actions.undo(row, by=town.admin)
    assert not Role.objects.filter(code="patrol").exists()


@pytest.mark.parametrize("key", ["Patrol 1", "1a", "", "巡查"])
def test_an_awkward_key_is_refused(town, key):
    content = {"name_zh": "巡查员", "name_en": "Patrol"}

    with pytest.raises(actions.UnusableKey):
        actions.draft(matter("roles", town), key, content, by=town.admin)


def test_nobody_takes_the_last_keeper_away(town):
    row = actions.draft(
        matter("roles", town), "admin", with_duties("admin", without=["people.edit"]), by=town.admin
    )

    with pytest.raises(actions.Stopped):
        actions.apply(row, by=town.admin)


def test_content_must_fit_its_schema(town):
    with pytest.raises(Invalid) as refused:
        actions.draft(
            matter("roles", town), "street", {"name_zh": "", "name_en": "x"}, by=town.admin
        )

    assert refused.value.errors[0]["loc"] == ["name_zh"]


def test_who_looks_after_a_part_of_the_city_changes_nothing_for_all(town):
    with pytest.raises(NotAllowed):
        queries.matter_of("roles", organisation.scope_of(town.street))


def test_a_change_waits_for_its_day(town):
    tomorrow = timezone.localdate() + timedelta(days=1)
    row = change(
        town, "roles", "street", with_duties("street", and_=["board.see"]), from_day=tomorrow
    )
    assert row.state == "waiting"
    assert actions.apply_due() == 0

    later = datetime.now(UTC) + timedelta(days=1, minutes=1)
    assert actions.apply_due(at=later) == 1
    assert organisation.scope_of(town.street).may("board.see")
    assert actions.apply_due(at=later) == 0


def test_a_change_is_never_dated_back(town):
    row = actions.draft(
        matter("roles", town), "street", with_duties("street", and_=["board.see"]), by=town.admin
    )

    with pytest.raises(actions.DayIsOver):
        actions.apply(row, by=town.admin, from_day=timezone.localdate() - timedelta(days=1))


def test_what_is_refused_on_its_day_is_set_aside_with_the_reason(town):
    tomorrow = timezone.localdate() + timedelta(days=1)
    content = {"name_zh": "巡查员", "name_en": "Patrol"}
    made = change(town, "roles", "patrol", content)
    Change.objects.filter(pk=made.pk).update(state="withdrawn")
    row = Change.objects.create(
        matter="roles",
        item="handler",
        content=None,
        state="waiting",
        from_day=tomorrow,
        made_at=MONDAY,
    )

    actions.apply_due(at=datetime.now(UTC) + timedelta(days=1, minutes=1))

    row.refresh_from_db()
    assert row.state == "failed"
    assert "still carry this role" in row.trouble


def report(town, at):
    lon, lat = towns.INSIDE
    return cases.report("路口有垃圾", lon=lon, lat=lat, by=town.supervisor, at=at)


def test_case_numbers_follow_the_pattern_from_its_day_on(town):
    now = datetime.now(UTC)
    tomorrow = timezone.localdate() + timedelta(days=1)
    change(town, "numbers", "case", {"pattern": "WM{yyyy}-{seq:04}"}, from_day=tomorrow)

    old, new = report(town, now), report(town, now + timedelta(days=1))

    assert old.number.startswith("990101")
    assert new.number == f"WM{tomorrow:%Y}-0001"


def test_a_number_already_given_is_passed_over(town):
    first = report(town, datetime.now(UTC))
    year = timezone.localdate().year
    type(first).objects.filter(pk=first.pk).update(number=f"WM{year}-0001")
    change(town, "numbers", "case", {"pattern": "WM{yyyy}-{seq:04}"})

    assert report(town, datetime.now(UTC)).number == f"WM{year}-0002"


def test_a_pattern_that_could_repeat_itself_is_refused(town):
    with pytest.raises(Invalid) as refused:
        actions.draft(matter("numbers", town), "case", {"pattern": "{seq:05}{dd}"}, by=town.admin)

    assert refused.value.errors[0]["loc"] == ["pattern"]


def test_the_next_numbers_are_shown_before(town):
    effects = matter("numbers", town).effects(
        "case", {"pattern": "WM{yyyy}-{seq:04}"}, timezone.localdate()
    )

    assert any("-0001" in each.sentence and "-0003" in each.sentence for each in effects)


def test_an_adjustment_rule_is_changed_and_brought_back(town):
    rules = matter("adjustments", town)
    before = rules.now("extension")

    row = change(
        town, "adjustments", "extension", before | {"most_approved": 1, "level_2": "leader"}
    )
    assert rules.now("extension")["level_2"] == "leader"

    actions.undo(row, by=town.admin)
    assert rules.now("extension") == before
