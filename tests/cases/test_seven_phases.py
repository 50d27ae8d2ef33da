"""One case crosses all seven phases, each by the role that owns it."""

from datetime import timedelta

import pytest

from tests.cases.driving import show_before_and_after
from tests.town import INSIDE, MONDAY_MORNING, OUTSIDE, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case, CaseFacts
from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks


def report(town: Town, **more):
    given = {"lon": INSIDE[0], "lat": INSIDE[1], "category": "06001", "kind": "event"} | more
    return cases.report("路口有垃圾", by=town.supervisor, at=MONDAY_MORNING, **given)


def act(case: Case, action: str, by, minutes: int = 10, **fields) -> Case:
    if action == "close":
        show_before_and_after(case)
    task = tasks.open_tasks(f"case:{case.pk}")[0]
    at = MONDAY_MORNING + timedelta(minutes=minutes)
    return cases.perform_task(task, action, fields, by=by, at=at)


def to_dispatch(town: Town, case: Case) -> Case:
    case = act(case, "submit", town.acceptor, 5)
    return act(case, "file", town.duty_leader, 10, standard=town.condition.pk)


def to_handling(town: Town, case: Case) -> Case:
    case = act(to_dispatch(town, case), "dispatch", town.dispatcher, 15, department="CLEAN")
    return act(case, "assign", town.department, 20, handler=town.handler.pk)


def to_closing(town: Town, case: Case) -> Case:
    case = act(to_handling(town, case), "done", town.handler, 60, opinion="已清理")
    case = act(case, "confirm", town.dispatcher, 65)
    return act(case, "pass", town.supervisor, 90)


def test_a_case_crosses_all_phases(town):
    case = report(town)
    assert (case.phase, case.state) == ("filing", "reported")
    case = act(case, "submit", town.acceptor, 5)
    assert case.state == "pending_filing"
    case = act(case, "file", town.duty_leader, 10, standard=town.condition.pk)
    assert (case.phase, case.state) == ("dispatch", "pending_dispatch")
    case = act(case, "dispatch", town.dispatcher, 15, department="CLEAN")
    assert (case.phase, case.state) == ("handling", "pending_handling")
    case = act(case, "assign", town.department, 20, handler=town.handler.pk)
    assert case.state == "handling"
    case = act(case, "done", town.handler, 60, opinion="已清理")
    assert (case.phase, case.state) == ("feedback", "feedback_review")
    case = act(case, "confirm", town.dispatcher, 65)
    assert (case.phase, case.state) == ("check_and_close", "checking")
    case = act(case, "pass", town.supervisor, 90)
    assert case.state == "pending_closing"
    case = act(case, "close", town.duty_leader, 95)

    assert (case.phase, case.state) == ("evaluation", "closed")
    facts = CaseFacts.objects.get(case=case)
    assert (facts.archive, facts.intime_dispose, facts.rework) == (1, 1, 0)
    assert facts.total_seconds == 95 * 60
    assert journal.verify_chain().broken_at is None


def test_a_public_report_is_verified_first(town):
    case = report(town, source="hotline")

    assert (case.phase, case.state) == ("collection", "verifying")


def test_a_failed_check_sends_the_case_back_to_the_same_department(town):
    case = to_closing(town, report(town))

    case = act(case, "rework", town.duty_leader, 100, opinion="没有清理干净")

    assert (case.state, case.rework_count) == ("pending_handling", 1)
    assert tasks.open_tasks(f"case:{case.pk}")[0].body.code == "CLEAN"


def test_the_handling_clock_runs_over_assigning_and_handling(town):
    case = to_handling(town, report(town))

    clock = [each for each in tasks.clocks_of(f"case:{case.pk}") if each.stage == "handling"]

    assert len(clock) == 1
    assert clock[0].started_at == MONDAY_MORNING + timedelta(minutes=15)
    # Four working hours from 09:15: until 12:00, then from 14:00 to 15:15 in the town.
    assert clock[0].due_at == MONDAY_MORNING + timedelta(hours=6, minutes=15)


def test_a_point_outside_every_grid_is_accepted_as_unlocated_and_placed_later(town):
    case = report(town, lon=OUTSIDE[0], lat=OUTSIDE[1])
    assert not case.is_located

    with pytest.raises(Invalid):
        act(case, "submit", town.acceptor)
    case = act(case, "submit", town.acceptor, lon=INSIDE[0], lat=INSIDE[1])

    assert case.is_located
    assert case.area_path.startswith("99/9901/990101/")


def test_only_the_post_of_a_task_may_act(town):
    case = report(town)

    for role, person in town.people.items():
        if role != "acceptor":
            with pytest.raises(workflow.NotYours):
                act(case, "submit", person)


def test_a_handler_who_is_also_a_supervisor_may_not_check_the_own_work(town):
    from wanmi.organisation import actions
    from wanmi.organisation.models import Post

    actions.appoint(town.handler.pk, Post.objects.get(role__code="supervisor"))
    case = act(to_handling(town, report(town)), "done", town.handler, 60, opinion="已清理")
    case = act(case, "confirm", town.dispatcher, 65)

    with pytest.raises(workflow.Barred):
        act(case, "pass", town.handler, 70)

    assert not tasks.inbox(organisation.scope_of(town.handler)).exists()


def test_the_second_of_two_people_is_told(town):
    case = report(town)
    task = tasks.open_tasks(f"case:{case.pk}")[0]
    stale = tasks.task(task.pk)
    act(case, "submit", town.acceptor)

    with pytest.raises(workflow.AlreadyDone):
        cases.perform_task(stale, "submit", {}, by=town.acceptor)


def test_the_engines_state_can_be_rebuilt_from_the_tasks(town):
    case = to_handling(town, report(town))

    workflow.rebuild_state(tasks.instance_of(f"case:{case.pk}"))

    assert act(case, "done", town.handler, 60, opinion="已清理").phase == "feedback"
