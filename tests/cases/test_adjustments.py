"""Requests over a case: who may ask, who decides, what happens, and how often."""

from datetime import timedelta

import pytest

from tests.cases.driving import act, later, report, to_assigning, to_closed, to_handling
from wanmi.cases import actions as cases
from wanmi.cases.models import CaseFacts
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.models import Adjustment, Clock


def ask(case, kind, by, minutes=30, **asked):
    instance = tasks.instance_of(f"case:{case.pk}")
    return workflow.ask(instance, kind, "需要更多时间", by=by, asked=asked, at=later(minutes))


def decide(case, by, agree=True, minutes=40):
    waiting = [t for t in tasks.open_tasks(f"case:{case.pk}") if t.request]
    action = "agree" if agree else "refuse"
    return cases.perform_task(
        waiting[0], action, {"opinion": "已核实情况"}, by=by, at=later(minutes)
    )


def clock_of(case):
    return Clock.objects.get(instance__subject=f"case:{case.pk}", stage="handling")


def test_an_extension_passes_two_levels_and_adds_one_limit(town):
    case = to_handling(town)
    before = clock_of(case).due_at

    ask(case, "extension", town.handler)
    assert clock_of(case).due_at == before
    decide(case, town.department)
    decide(case, town.dispatcher)

    # Four more working hours: from 15:15 until 18:00, then 08:00 to 09:15 next morning.
    assert clock_of(case).due_at == before + timedelta(hours=18)
    case.refresh_from_db()
    assert case.due_at == clock_of(case).due_at
    assert not case.has_request


def test_a_level_held_by_the_asker_is_passed_over(town):
    case = to_assigning(town)

    adjustment = ask(case, "extension", town.department)

    assert adjustment.levels == ["dispatcher"]


def test_a_refused_extension_does_not_count_and_changes_nothing(town):
    case = to_handling(town)
    before = clock_of(case).due_at

    ask(case, "extension", town.handler)
    decide(case, town.department, agree=False)

    assert clock_of(case).due_at == before
    assert ask(case, "extension", town.handler).state == "pending"


def test_a_third_extension_is_refused(town):
    case = to_handling(town)
    for _ in range(2):
        ask(case, "extension", town.handler)
        decide(case, town.department)
        decide(case, town.dispatcher)

    with pytest.raises(workflow.AskedOftenEnough):
        ask(case, "extension", town.handler)


def test_an_extension_is_asked_before_the_deadline_only(town):
    case = to_handling(town)

    with pytest.raises(workflow.TooLateToAsk):
        ask(case, "extension", town.handler, minutes=24 * 60)


def test_two_requests_of_a_kind_never_wait_at_once(town):
    case = to_handling(town)
    ask(case, "extension", town.handler)

    with pytest.raises(workflow.AlreadyAsked):
        ask(case, "extension", town.department)


def test_a_suspension_stops_the_clock_and_ends_by_itself(town):
    case = to_handling(town)
    ask(case, "suspension", town.department, minutes=75, until="2026-11-20")
    decide(case, town.dispatcher, minutes=75)
    case.refresh_from_db()
    assert case.is_suspended

    adjustment = Adjustment.objects.get(kind="suspension")
    assert workflow.resume(adjustment, at=adjustment.ends_at)
    assert not workflow.resume(adjustment, at=adjustment.ends_at)

    # At 10:15 on Monday one of four hours was used; three are left from Saturday 00:00 on:
    # Monday 23 November 08:00 to 11:00 in the town.
    assert clock_of(case).due_at == later(0) + timedelta(days=7, hours=2)
    case.refresh_from_db()
    assert not case.is_suspended


@pytest.mark.parametrize("until", ["2026-11-10", "2028-01-01", "someday", None])
def test_a_suspension_needs_a_day_within_a_year(town, until):
    case = to_handling(town)

    with pytest.raises(workflow.EndDateMissing):
        ask(case, "suspension", town.handler, **({"until": until} if until else {}))


def test_a_return_goes_back_to_dispatch_once_the_dispatcher_agrees(town):
    case = to_assigning(town)

    ask(case, "return_case", town.department)
    case = decide(case, town.dispatcher)

    assert (case.state, case.return_count) == ("pending_dispatch", 1)
    assert act(case, "dispatch", town.dispatcher, 50, department="CLEAN").phase == "handling"


def test_nobody_chooses_the_return_without_asking(town):
    case = to_assigning(town)

    with pytest.raises(workflow.UnknownAction):
        act(case, "return", town.department, opinion="不属于我单位")


def test_an_assigned_case_cannot_be_returned(town):
    case = to_handling(town)

    with pytest.raises(workflow.NotTheTime):
        ask(case, "return_case", town.department)


def test_a_handler_gives_back_and_the_department_assigns_anew(town):
    case = act(to_handling(town), "give_back", town.handler, 30, opinion="人手不足")

    assert (case.state, case.handler_id) == ("pending_handling", None)


def test_a_voided_case_ends_with_its_clocks_and_tasks(town):
    case = to_handling(town)

    ask(case, "void", town.dispatcher)
    case = decide(case, town.duty_leader)

    assert (case.state, case.phase) == ("voided", "evaluation")
    assert not tasks.open_tasks(f"case:{case.pk}")
    assert all(clock.stopped_at for clock in tasks.clocks_of(f"case:{case.pk}"))


def test_a_forced_closing_needs_a_leader(town):
    case = to_handling(town)

    ask(case, "force_close", town.duty_leader)
    case = decide(case, town.leader)

    assert case.state == "force_closed"


def test_an_overtime_is_appealed_once_after_closing(town):
    late = to_closed(town, done_at=3 * 24 * 60)
    ask(late, "appeal", town.department, minutes=4 * 24 * 60)
    decide(late, town.dispatcher, minutes=4 * 24 * 60)
    decide(late, town.acceptor, minutes=4 * 24 * 60)

    facts = CaseFacts.objects.get(case=late)
    assert (facts.overtime_dispose, facts.is_exempt) == (1, True)
    with pytest.raises((workflow.NotTheTime, workflow.AskedOftenEnough, cases.NothingToAppeal)):
        ask(late, "appeal", town.department, minutes=5 * 24 * 60)


def test_a_case_in_time_has_nothing_to_appeal(town):
    case = to_closed(town)

    with pytest.raises(cases.NothingToAppeal):
        ask(case, "appeal", town.department, minutes=200)


@pytest.mark.parametrize("kind", ["extension", "suspension", "return_case", "void", "force_close"])
def test_every_request_is_refused_to_the_wrong_role(town, kind):
    from wanmi.cases.actions.adjusting import SHIPPED_RULES

    case = to_assigning(town)
    rule = next(rule for rule in SHIPPED_RULES if rule["kind"] == kind)

    for role, person in town.people.items():
        if role not in rule["askers"]:
            with pytest.raises(workflow.MayNotAsk):
                ask(case, kind, person, until="2026-11-20")


def test_the_asker_does_not_decide_and_may_withdraw(town):
    case = to_handling(town)
    adjustment = ask(case, "extension", town.handler)

    with pytest.raises(workflow.Barred):
        decide(case, town.handler)
    workflow.withdraw(adjustment, by=town.handler, at=later(35))

    assert not [t for t in tasks.open_tasks(f"case:{case.pk}") if t.request]


def test_a_reason_is_required(town):
    case = to_handling(town)

    with pytest.raises(Invalid):
        workflow.ask(
            tasks.instance_of(f"case:{case.pk}"), "extension", " ", by=town.handler, at=later(30)
        )


def test_the_decision_stands_in_the_inbox_of_its_level_only(town):
    case = to_handling(town)
    ask(case, "extension", town.handler)

    def sees(person):
        rows = tasks.inbox(organisation.scope_of(person))
        return [row.step for row in rows if row.request]

    assert sees(town.department) == ["decide_extension"]
    assert sees(town.dispatcher) == []


def test_a_report_cannot_be_suspended_before_it_is_handled(town):
    case = report(town)

    with pytest.raises(workflow.NotTheTime):
        ask(case, "suspension", town.department, until="2026-11-20")


def test_a_supervision_runs_by_a_clock_of_its_own(town):
    case = to_handling(town)
    instance = tasks.instance_of(f"case:{case.pk}")

    workflow.urge(instance, "supervise", "请尽快处置", by=town.leader, at=later(30))
    reply = next(t for t in tasks.open_tasks(instance.subject) if t.step == "reply")
    own = Clock.objects.get(task=reply)
    assert own.due_at == reply.due_at
    assert own.due_at != clock_of(case).due_at
    cases.perform_task(reply, "reply", {"opinion": "已安排"}, by=town.department, at=later(40))

    own.refresh_from_db()
    assert own.stopped_at == later(40)
    assert clock_of(case).stopped_at is None
