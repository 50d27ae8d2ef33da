"""A case changes hands: delegated, returned, redispatched, taken back; groundless returns count."""

import pytest
from django.test import Client

from tests.cases import levels
from tests.cases.driving import act, later, to_assigning, to_closed, to_handling
from tests.town import STREET
from wanmi.cases import actions as cases
from wanmi.cases.models import Case, CaseFacts, Errand, Shirking
from wanmi.evidence import queries as evidence
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.models import Clock


def ask(case, kind, by, minutes=30, **asked):
    instance = tasks.instance_of(f"case:{case.pk}")
    return workflow.ask(instance, kind, "不属于我单位职责", by=by, asked=asked, at=later(minutes))


def decide(case, by, agree=True, minutes=40):
    waiting = next(t for t in tasks.open_tasks(f"case:{case.pk}") if t.step == "decide_return_case")
    action = "agree" if agree else "refuse"
    return cases.perform_task(waiting, action, {"opinion": "已核实"}, by=by, at=later(minutes))


def inbox(person):
    return [task.step for task in tasks.inbox(organisation.scope_of(person))]


# Delegation


@pytest.fixture
def unit(town):
    """A unit below the sanitation office with people of its own."""
    body = levels.found(
        "CLEAN1", "department", "street", "桥头清扫班", STREET, parent=town.sanitation
    )
    return {
        "department": levels.seat(body, "department", "unit_head", "班长"),
        "handler": levels.seat(body, "handler", "unit_crew", "清扫员"),
    }


def delegate(case, by, minutes=20):
    fields = {"body": "CLEAN1", "words": "请就近处理"}
    return cases.give_errand(case, "delegation", fields, by=by, at=later(minutes))


def test_a_unit_acts_for_the_department_which_answers_for_the_case(town, unit):
    case = to_assigning(town)
    errand = delegate(case, town.department)

    assert inbox(town.department) == []
    assert inbox(unit["department"]) == ["assign"]
    case.refresh_from_db()
    case = act(case, "assign", unit["department"], 25, handler=unit["handler"].pk)
    case = act(case, "done", unit["handler"], 40, opinion="已清扫")

    errand.refresh_from_db()
    assert (errand.state, errand.reply) == ("answered", "已清扫")
    assert (case.department.code, case.delegate.code) == ("CLEAN", "CLEAN1")


def test_the_clock_goes_on_through_a_delegation(town, unit):
    case = to_assigning(town)
    delegate(case, town.department)

    clock = Clock.objects.get(instance__subject=f"case:{case.pk}", stage="handling")
    assert (clock.started_at, clock.stopped_at) == (later(15), None)


def test_the_unit_asks_for_more_time_in_the_department_s_place(town, unit):
    case = to_assigning(town)
    delegate(case, town.department)

    with pytest.raises(workflow.MayNotAsk):
        ask(case, "extension", town.department)
    assert ask(case, "extension", unit["department"]).state == "pending"


@pytest.mark.parametrize(("who", "state"), [("unit", "declined"), ("department", "recalled")])
def test_either_side_ends_a_delegation_before_a_handler_is_named(town, unit, who, state):
    case = to_assigning(town)
    errand = delegate(case, town.department)
    by = unit["department"] if who == "unit" else town.department

    cases.end_errand(errand, "人手不足", by=by, at=later(25))

    assert Errand.objects.get().state == state
    assert inbox(town.department) == ["assign"]
    assert Case.objects.get().delegate_id is None


def test_a_delegation_is_not_ended_by_others_nor_once_a_handler_is_named(town, unit):
    case = to_assigning(town)
    errand = delegate(case, town.department)

    with pytest.raises(cases.NotNow):
        cases.end_errand(errand, "改派", by=town.dispatcher, at=later(25))
    case.refresh_from_db()
    act(case, "assign", unit["department"], 25, handler=unit["handler"].pk)
    with pytest.raises(cases.NotNow):
        cases.end_errand(errand, "收回", by=town.department, at=later(30))


@pytest.mark.parametrize("role", ["dispatcher", "duty_leader", "handler", "leader"])
def test_only_the_department_that_holds_the_case_delegates(town, unit, role):
    case = to_assigning(town)

    with pytest.raises(NotAllowed):
        delegate(case, town.people[role])


def test_another_department_is_no_unit_to_delegate_to(town, unit):
    case = to_assigning(town)

    with pytest.raises(Invalid):
        cases.give_errand(
            case, "delegation", {"body": "LAMPS", "words": "请处理"}, by=town.department
        )


def test_a_delegated_case_is_returned_only_after_the_delegation(town, unit):
    case = to_assigning(town)
    delegate(case, town.department)

    with pytest.raises(cases.DelegationStands):
        ask(case, "return_case", unit["department"])


# Return, redispatch, taking back


def test_another_ground_needs_the_signed_form_and_the_leadership(town, photographs):
    case = to_assigning(town)
    paper = photographs(town.department, 1)

    with pytest.raises(cases.PaperMissing):
        ask(case, "return_case", town.department, ground="other")
    ask(case, "return_case", town.department, ground="other", media=paper)
    case = decide(case, town.dispatcher)
    assert case.state == "pending_handling"
    case = decide(case, town.duty_leader, minutes=50)

    assert (case.state, case.return_count) == ("pending_dispatch", 1)
    assert {each.purpose for each in evidence.of_subject(f"case:{case.pk}")} == {"return_form"}


def test_the_page_asks_for_the_ground_of_a_return(town):
    case = to_assigning(town)
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(town.department)

    assert "派遣有误" in client.get(f"/cases/{case.number}").content.decode()
    sent = {"reason": "不属于我单位", "ground": "wrong_dispatch"}
    assert client.post(f"/cases/{case.number}/requests/return_case", sent).status_code == 302

    assert tasks.adjustments_of(f"case:{case.pk}")[0].asked["ground"] == "wrong_dispatch"


def test_a_wrong_dispatch_goes_back_by_the_dispatcher_alone(town):
    case = to_assigning(town)

    ask(case, "return_case", town.department, ground="wrong_dispatch")

    assert decide(case, town.dispatcher).state == "pending_dispatch"


def test_the_department_takes_the_assignment_back_before_returning(town):
    case = to_handling(town)

    ask(case, "revoke_assign", town.department)

    case.refresh_from_db()
    assert (case.state, case.handler_id) == ("pending_handling", None)
    ask(case, "return_case", town.department, 35)
    assert decide(case, town.dispatcher).state == "pending_dispatch"


@pytest.mark.parametrize("role", ["handler", "dispatcher", "duty_leader", "street"])
def test_only_the_department_takes_an_assignment_back(town, role):
    case = to_handling(town)

    with pytest.raises(workflow.MayNotAsk):
        ask(case, "revoke_assign", town.people[role])


def test_the_dispatcher_takes_a_case_from_its_handler_and_dispatches_anew(town):
    case = to_handling(town)

    ask(case, "redispatch", town.dispatcher)
    case.refresh_from_db()
    assert (case.state, case.redispatch_count, case.handler_id) == ("pending_dispatch", 1, None)
    act(case, "dispatch", town.dispatcher, 40, department="LAMPS")

    old, new = Clock.objects.filter(instance__subject=f"case:{case.pk}", stage="handling")
    assert old.stopped_at == later(30)
    assert (new.started_at, new.stopped_at) == (later(40), None)


@pytest.mark.parametrize("role", ["department", "handler", "acceptor", "leader"])
def test_only_dispatchers_redispatch(town, role):
    case = to_handling(town)

    with pytest.raises(workflow.MayNotAsk):
        ask(case, "redispatch", town.people[role])


def test_a_redispatch_ends_a_delegation(town, unit):
    case = to_assigning(town)
    delegate(case, town.department)

    ask(case, "redispatch", town.dispatcher)

    assert Errand.objects.get().state == "recalled"
    assert Case.objects.get().delegate_id is None
    assert inbox(town.dispatcher) == ["dispatch"]


# Shirking


def refused(town):
    case = to_assigning(town)
    request = ask(case, "return_case", town.department)
    decide(case, town.dispatcher, agree=False)
    return case, request


def shirking(case, request, by):
    return cases.determine_shirking(case, request.pk, "职责清单明确", by=by, at=later(45))


def test_a_refused_return_is_called_shirking_once_and_counted(town):
    case, request = refused(town)

    shirking(case, request, town.dispatcher)

    assert Shirking.objects.get().body.code == "CLEAN"
    with pytest.raises(cases.NoGroundlessReturn):
        shirking(case, request, town.dispatcher)
    act(case, "assign", town.department, 50, handler=town.handler.pk)
    act(case, "done", town.handler, 60, opinion="已清理")
    act(case, "confirm", town.dispatcher, 65)
    act(case, "pass", town.supervisor, 70)
    act(case, "close", town.duty_leader, 75)
    assert CaseFacts.objects.get().shirk_times == 1


def test_an_agreed_or_waiting_return_is_no_shirking(town):
    case = to_assigning(town)
    request = ask(case, "return_case", town.department)

    with pytest.raises(cases.NoGroundlessReturn):
        shirking(case, request, town.dispatcher)
    decide(case, town.dispatcher)
    with pytest.raises(cases.NoGroundlessReturn):
        shirking(case, request, town.dispatcher)


@pytest.mark.parametrize("role", ["department", "acceptor", "street", "leader", "evaluator"])
def test_only_who_coordinates_determines_shirking(town, role):
    case, request = refused(town)

    with pytest.raises(NotAllowed):
        shirking(case, request, town.people[role])


def test_a_case_without_any_of_this_counts_nothing(town):
    to_closed(town)

    facts = CaseFacts.objects.get()
    assert (facts.return_times, facts.redispatch_times, facts.shirk_times) == (0, 0, 0)
