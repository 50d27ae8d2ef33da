"""Clocks are bundled: a post's inside its stage's inside the whole case's."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases.driving import act, later, report, to_assigning, to_handling
from wanmi.journal.models import JournalEntry
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.actions import clockwork
from wanmi.workflow.models import Clock, Instance


def running(case):
    rows = tasks.clocks_of(f"case:{case.pk}")
    return {(clock.level, clock.stage): clock for clock in rows if clock.stopped_at is None}


def test_the_post_has_a_limit_of_its_own_inside_the_department_s(town):
    case = to_assigning(town)

    clocks = running(case)

    assert clocks.keys() == {("post", "assign"), ("stage", "handling"), ("whole", "whole")}
    assert clocks["post", "assign"].due_at == later(15 + 30)
    task = tasks.open_steps(f"case:{case.pk}")[0]
    assert task.due_at == clocks["post", "assign"].due_at
    assert case.due_at == clocks["stage", "handling"].due_at


def test_the_department_s_clock_goes_on_when_the_post_s_has_stopped(town):
    case = to_handling(town)

    assert running(case).keys() == {("stage", "handling"), ("whole", "whole")}
    task = tasks.open_steps(f"case:{case.pk}")[0]
    assert task.due_at == running(case)["stage", "handling"].due_at


def test_a_late_post_does_not_make_the_department_late(town):
    case = to_assigning(town)
    act(case, "assign", town.department, 60, handler=town.handler.pk)

    late = {c.level: c.is_overdue for c in tasks.clocks_of(f"case:{case.pk}") if c.stopped_at}

    assert late["post"]
    assert not running(case)["stage", "handling"].is_overdue


def test_an_extension_is_asked_for_by_the_department_s_limit_not_the_post_s(town):
    case = to_assigning(town)
    instance = tasks.instance_of(f"case:{case.pk}")

    asked = workflow.ask(instance, "extension", "路面还湿", by=town.department, at=later(60))

    assert asked.state == "pending"


def test_granted_time_moves_the_whole_case_s_deadline_too(town):
    case = to_handling(town)
    before = running(case)
    instance = tasks.instance_of(f"case:{case.pk}")

    clockwork.grant_time(instance, "handling", later(30))

    after = running(case)
    moved = {key: after[key].due_at - before[key].due_at for key in before}
    assert moved["stage", "handling"] == moved["whole", "whole"] > timedelta(0)


def test_the_whole_case_s_clock_stops_with_the_case(town):
    case = report(town)
    act(case, "not_accept", town.acceptor, 5, opinion="不属于城市管理")

    assert running(case) == {}


DEEDS = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "grant", "sweep"]), st.integers(1, 4000)),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS)
def test_whatever_happens_the_bundle_stays_whole_and_no_share_is_told_twice(town, deeds):
    with _undone():
        case = to_assigning(town)
        subject = f"case:{case.pk}"
        told, at = [], later(16)
        for deed, minutes in deeds:
            at += timedelta(minutes=minutes)
            told += _do(Instance.objects.get(subject=subject), deed, at, told)

        clocks = running(case)
        assert clocks.keys() == {("post", "assign"), ("stage", "handling"), ("whole", "whole")}
        assert len({clock.paused_at for clock in clocks.values()}) == 1, "they stand together"
        for clock in clocks.values():
            assert clock.warn_at <= clock.due_at
            assert clock.paused_at or clock.turn_at is None or clock.turn_at > clock.started_at
        assert len(told) == len(set(told))


def _do(instance, deed, at, told):
    """Do one deed; return (clock, share) told, forgetting those of clocks granted time."""
    if deed == "pause":
        clockwork.pause_clocks(instance, at)
    elif deed == "resume":
        clockwork.resume_clocks(instance, at)
    elif deed == "grant":
        clockwork.grant_time(instance, "handling", at)
        turned_back = set(Clock.objects.filter(reached__lt=100).values_list("pk", flat=True))
        told[:] = [each for each in told if each[0] not in turned_back]
    else:
        workflow.sweep(at)
        due = Clock.objects.filter(warned_at=at) | Clock.objects.filter(escalated_at=at)
        calls = workflow.escalate(due.values_list("pk", flat=True), at=at)
        return [(call.clock, call.percent) for call in calls]
    return []


@contextmanager
def _undone():
    """Roll back what an example did, so that each begins in the same town."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_sweep_says_nothing_where_nothing_turns(town):
    to_handling(town)

    assert workflow.sweep(later(21)) == 0
    assert not JournalEntry.objects.filter(kind="workflow.ClocksTurned").exists()
