"""Duty is signed on and off inside the duty grid; positions are kept once, only on duty."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from tests import town as towns
from tests.dispatch.conftest import NINE, Beat, here, walk
from wanmi.dispatch import actions as dispatch
from wanmi.dispatch import queries
from wanmi.dispatch.models import Correction, Lapse, Shift, Stint, TrackPart, Visit, Whereabouts
from wanmi.journal.models import JournalEntry
from wanmi.kernel.errors import NotAllowed
from wanmi.organisation import queries as organisation

EVENING = NINE + timedelta(hours=10)
ACROSS = np.linspace(120.0001, 120.0039, 400)


def on_duty(beat: Beat, **more: object) -> Stint:
    return dispatch.sign_on(here(NINE), by=beat.town.supervisor, now=NINE, **more)  # type: ignore[arg-type]


def test_signing_on_finds_the_shift_and_says_how_far_outside(beat: Beat) -> None:
    inside = on_duty(beat)

    assert (inside.shift, inside.duty_grid, inside.on_distance_m) == (beat.shift, beat.grid, 0)
    with pytest.raises(dispatch.OnDutyAlready):
        on_duty(beat)
    away = here(NINE + timedelta(hours=1), 120.006)
    ended = dispatch.sign_off(away, by=beat.town.supervisor, now=NINE + timedelta(hours=1))
    assert 180 < (ended.off_distance_m or 0) < 210
    with pytest.raises(dispatch.NotOnDuty):
        dispatch.sign_off(None, by=beat.town.supervisor, now=EVENING)


def test_a_city_may_refuse_to_sign_on_outside(beat: Beat, monkeypatch: pytest.MonkeyPatch) -> None:
    from wanmi.dispatch.actions import duty
    from wanmi.dispatch.limits import Limits

    monkeypatch.setattr(duty, "standing", lambda day: Limits(refuse_outside=True))

    with pytest.raises(dispatch.OutsideTheGrid):
        dispatch.sign_on(here(NINE, 120.006), by=beat.town.supervisor, now=NINE)
    assert dispatch.sign_on(here(NINE, 120.0043), by=beat.town.supervisor, now=NINE)


def test_only_who_patrols_signs_on_and_not_from_the_future(beat: Beat) -> None:
    with pytest.raises(NotAllowed):
        dispatch.sign_on(here(NINE), by=beat.town.acceptor, now=NINE)
    with pytest.raises(dispatch.ClockAhead):
        dispatch.sign_on(here(EVENING), by=beat.town.supervisor, now=NINE)
    with pytest.raises(dispatch.MomentTooOld):
        dispatch.sign_on(here(NINE), by=beat.town.supervisor, now=NINE + timedelta(days=4))


def test_positions_are_kept_once_in_any_order(beat: Beat) -> None:
    stint, user = on_duty(beat), beat.town.supervisor
    later = walk(NINE + timedelta(minutes=5), ACROSS[:30], first=30)
    sooner = walk(NINE, ACROSS[:30])
    both = walk(NINE, ACROSS[:60])

    taken = [
        dispatch.take_positions(part, device="phone", by=user, at=EVENING)
        for part in (later, sooner, later, both)
    ]

    assert [(each.accepted, each.repeated) for each in taken] == [
        (30, 0),
        (30, 0),
        (0, 30),
        (0, 60),
    ]
    track = queries.track_of(stint)
    assert track.sequence.tolist() == list(range(60))
    place = Whereabouts.objects.get(person=user)
    assert place.at == NINE + timedelta(minutes=5, seconds=290)
    assert place.lon == pytest.approx(ACROSS[29])
    other = dispatch.take_positions(both, device="tablet", by=user, at=EVENING)
    assert other.accepted == 60


def test_nobody_is_followed_off_duty(beat: Beat) -> None:
    user = beat.town.supervisor
    before = dispatch.take_positions(walk(NINE, ACROSS), device="phone", by=user, at=EVENING)
    on_duty(beat)
    dispatch.sign_off(here(NINE + timedelta(minutes=10)), by=user, now=NINE + timedelta(minutes=10))

    after = dispatch.take_positions(walk(NINE, ACROSS), device="phone", by=user, at=EVENING)

    assert (before.accepted, before.off_duty) == (0, 400)
    assert (after.accepted, after.off_duty) == (61, 339)
    with pytest.raises(dispatch.ClockAhead):
        dispatch.take_positions(walk(EVENING, ACROSS), device="phone", by=user, at=NINE)
    with pytest.raises(NotAllowed):
        dispatch.take_positions(walk(NINE, ACROSS), device="x", by=beat.town.acceptor, at=EVENING)


def test_folding_finds_visits_and_lapses_however_positions_came(beat: Beat) -> None:
    stint, user = on_duty(beat), beat.town.supervisor
    still = np.full(200, 120.0035)
    away = np.full(100, 120.009)
    track = walk(NINE, np.concatenate([ACROSS, still, away, ACROSS[::-1]]))
    halves = [track.taken(np.arange(500, 1100)), track.taken(np.arange(0, 500))]

    for part in halves:
        dispatch.take_positions(part, device="phone", by=user, at=EVENING)
        dispatch.fold(stint, now=NINE + timedelta(hours=3, minutes=5))

    visits = Visit.objects.filter(stint=stint)
    assert visits.count() == 4
    assert sum(each.positions for each in visits) == 1000
    kinds = sorted(Lapse.objects.filter(stint=stint).values_list("kind", flat=True))
    assert kinds == ["leave", "stay"]
    left = Lapse.objects.get(stint=stint, kind="leave")
    assert left.ends_at is not None
    assert (left.seconds, 470 < left.distance_m < 500) == (1000, True)
    stint.refresh_from_db()
    assert stint.positions == 1100
    assert 700 < stint.walked_m < 2000
    found = queries.coverage_of(user, stint.day, stint.day)
    assert (found.grids, found.visited, found.percent) == (4, 4, 100.0)
    told = JournalEntry.objects.filter(kind="dispatch.LapseFound")
    assert {entry.data["lapse"] for entry in told} >= {"stay", "leave"}
    assert not any(
        "lon" in entry.data for entry in JournalEntry.objects.filter(kind__startswith="dispatch.")
    )


def test_silence_is_found_by_the_clock_and_gone_when_the_positions_come(beat: Beat) -> None:
    stint = on_duty(beat)
    dispatch.fold(stint, now=NINE + timedelta(minutes=1))

    marked = dispatch.look_for_silence(now=NINE + timedelta(minutes=20))
    dispatch.fold(stint, now=NINE + timedelta(minutes=20))

    assert marked == 1
    assert Lapse.objects.get(stint=stint).kind == "silence"
    assert dispatch.look_for_silence(now=NINE + timedelta(minutes=21)) == 0
    dispatch.take_positions(walk(NINE, ACROSS), device="phone", by=beat.town.supervisor, at=EVENING)
    dispatch.fold(stint, now=NINE + timedelta(minutes=70))
    assert not Lapse.objects.filter(stint=stint, kind="silence", ends_at=None).exists()


def test_a_break_is_nobodys_lapse(beat: Beat) -> None:
    stint, user = on_duty(beat), beat.town.supervisor
    first = dispatch.begin_break(by=user, now=NINE + timedelta(minutes=1))
    assert dispatch.begin_break(by=user, now=NINE + timedelta(minutes=2)) == first
    dispatch.end_break(by=user, now=NINE + timedelta(minutes=50))
    dispatch.take_positions(walk(NINE, np.full(300, 120.009)), device="p", by=user, at=EVENING)

    dispatch.fold(stint, now=NINE + timedelta(minutes=51))

    assert not Lapse.objects.filter(stint=stint).exists()


def test_a_forgotten_sign_off_is_made_up_for(beat: Beat) -> None:
    on_duty(beat)

    early = dispatch.end_forgotten(now=NINE + timedelta(hours=8, minutes=30))
    late = dispatch.end_forgotten(now=NINE + timedelta(hours=9, minutes=1))

    assert (early, late) == (0, 1)
    assert Stint.objects.get().signed_off_at == beat.shift.ends_at


def test_the_plan_refuses_overlaps_and_who_may_not_patrol(beat: Beat) -> None:
    leader, user = beat.town.duty_leader, beat.town.supervisor
    day = timedelta(days=1)

    with pytest.raises(dispatch.ShiftsOverlap):
        dispatch.plan_shift(user, beat.grid, NINE + day / 12, NINE + day / 2, by=leader)
    with pytest.raises(dispatch.NobodyToPatrol):
        dispatch.plan_shift(beat.town.legal, beat.grid, NINE + day, NINE + day * 1.2, by=leader)
    with pytest.raises(NotAllowed):
        dispatch.plan_shift(user, beat.grid, NINE + day, NINE + day * 1.2, by=user)
    with pytest.raises(dispatch.NoShiftLength):
        dispatch.plan_shift(user, beat.grid, NINE + day, NINE + day, by=leader)
    on_duty(beat)
    with pytest.raises(dispatch.ShiftBegun):
        dispatch.withdraw_shift(beat.shift, by=leader)


def test_corrections_keep_what_stood_before_and_why(beat: Beat) -> None:
    stint, leader = on_duty(beat), beat.town.duty_leader
    until = NINE + timedelta(hours=8)

    with pytest.raises(dispatch.NoReason):
        dispatch.correct_stint(stint, NINE, until, " ", by=leader, at=EVENING)
    with pytest.raises(dispatch.NotInThePast):
        dispatch.correct_stint(stint, NINE, EVENING, "手机没电", by=leader, at=NINE)
    dispatch.correct_stint(stint, NINE, until, "手机没电", by=leader, at=EVENING)

    kept = Correction.objects.get()
    assert (kept.before_off, kept.after_off, kept.reason) == (None, until, "手机没电")
    entry = JournalEntry.objects.get(kind="dispatch.StintCorrected")
    assert "手机" not in str(entry.data)
    found = queries.attendance_of([beat.shift], EVENING)[beat.shift.pk]
    assert (found.state, found.worked_s) == ("kept", 8 * 3600)
    with pytest.raises(dispatch.StintsOverlap):
        dispatch.enter_stint(beat.shift, NINE, until, "补录", by=leader, at=EVENING)


def test_a_leader_sees_only_their_area(beat: Beat) -> None:
    on_duty(beat)
    mine, other = (
        organisation.scope_of(person) for person in (beat.town.duty_leader, beat.town.street)
    )

    assert [each.stint.person.username for each in queries.on_duty(mine)] == ["supervisor"]
    assert queries.on_duty(other) == []
    assert queries.on_duty(mine, within=towns.STREET)


def test_old_positions_are_forgotten_and_visits_stay(beat: Beat) -> None:
    stint, user = on_duty(beat), beat.town.supervisor
    dispatch.take_positions(walk(NINE, ACROSS), device="phone", by=user, at=EVENING)
    dispatch.fold(stint, now=EVENING)

    kept = dispatch.forget_positions(now=NINE + timedelta(days=179))
    gone = dispatch.forget_positions(now=NINE + timedelta(days=182))

    assert (kept, gone) == (0, 1)
    assert not TrackPart.objects.exists()
    assert not Whereabouts.objects.exists()
    assert Visit.objects.filter(stint=stint).count() == 4


def test_a_plan_is_imported_and_a_second_time_changes_nothing(beat: Beat, tmp_path: object) -> None:
    from pathlib import Path

    from wanmi.dispatch import importing
    from wanmi.kernel.imports import Options, Source

    file = Path(str(tmp_path)) / "plan.csv"
    file.write_text(
        "username,duty_grid,day,begins,ends\n"
        "supervisor,D01,2026-11-17,09:00,17:00\nsupervisor,D01,2026-11-17,22:00,06:00\n"
        "nobody,D01,2026-11-18,09:00,17:00\n",
        encoding="utf-8",
    )

    reports = [importing.load(Source(file), Options(actor="import")) for _ in range(2)]

    assert [(each.accepted, each.unchanged, len(each.rejected)) for each in reports] == [
        (2, 0, 1),
        (0, 2, 1),
    ]
    assert Shift.objects.count() == 3
