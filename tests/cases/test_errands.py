"""What is asked beside the drawing: who may ask for what when, who answers, what waits for it."""

import pytest

from tests.cases.driving import (
    act,
    later,
    report,
    to_assigning,
    to_checking,
    to_closed,
    to_dispatch,
    to_handling,
)
from wanmi.cases import actions as cases
from wanmi.cases.models import Errand
from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.organisation import actions as organisation
from wanmi.organisation.models import Appointment, Post
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.models import Clock


@pytest.fixture
def lamps(town):
    """The lighting office has a department post; the sanitation's person holds it too."""
    from datetime import date

    from wanmi.accounts import actions as accounts

    post = organisation.make_post(town.lighting, "department")
    person = accounts.open_account("lamps", password="a-long-test-password", name_zh="路灯")
    organisation.appoint(person.pk, post, from_date=date(2026, 1, 1))
    return person


def give(case, kind, by, minutes=30, **fields):
    return cases.give_errand(case, kind, fields, by=by, at=later(minutes))


def answer(errand, outcome, by, minutes=40, **fields):
    task = tasks.task(errand.task_id)
    return cases.perform_task(task, outcome, fields, by=by, at=later(minutes))


def helping(town, minutes=30):
    case = to_handling(town)
    return case, give(case, "co_handle", town.dispatcher, minutes, body="LAMPS", words="请修路灯")


def test_a_co_handler_has_a_task_and_a_clock_of_its_own(town, lamps):
    case, errand = helping(town)

    (task,) = tasks.inbox(queries_scope(lamps))
    clock = Clock.objects.get(task=task)
    handling = Clock.objects.get(instance__subject=f"case:{case.pk}", stage="handling")
    assert task.request == f"co_handle:{errand.pk}"
    assert clock.started_at == later(30)
    assert clock.due_at > handling.due_at


def queries_scope(person):
    from wanmi.organisation import queries as organisation

    return organisation.scope_of(person)


def test_the_lead_cannot_report_back_before_the_co_handlers(town, lamps):
    case, errand = helping(town)

    with pytest.raises(cases.CoHandlersOutstanding, match="路灯管理所"):
        act(case, "done", town.handler, 50, opinion="已清理")
    answer(errand, "done", lamps, opinion="灯已修好")

    assert act(case, "done", town.handler, 50, opinion="已清理").phase == "feedback"


def test_a_waived_co_handler_holds_nobody_up(town, lamps):
    case, errand = helping(town)

    cases.end_errand(errand, "不再需要", by=town.dispatcher, at=later(35))

    assert Errand.objects.get().state == "waived"
    assert not list(tasks.inbox(queries_scope(lamps)))
    assert act(case, "done", town.handler, 50, opinion="已清理").phase == "feedback"


@pytest.mark.parametrize("role", ["handler", "department", "street", "supervisor"])
def test_only_who_coordinates_names_and_waives_co_handlers(town, lamps, role):
    case, errand = helping(town)
    person = town.people[role]

    with pytest.raises(NotAllowed):
        give(case, "co_handle", person, body="LAMPS", words="请协助")
    with pytest.raises(NotAllowed):
        cases.end_errand(errand, "不再需要", by=person, at=later(35))


def test_the_lead_and_who_helps_already_cannot_be_asked(town, lamps):
    case, _ = helping(town)

    for body in ("CLEAN", "LAMPS", "NOBODY"):
        with pytest.raises(Invalid):
            give(case, "co_handle", town.dispatcher, body=body, words="请协助")


def test_co_handlers_are_named_while_dispatching(town, lamps):
    case = act(
        to_dispatch(town),
        "dispatch",
        town.dispatcher,
        15,
        department="CLEAN",
        helpers=["LAMPS"],
        opinion="请协助照明",
    )

    errand = Errand.objects.get(case=case)
    assert (errand.kind, errand.body.code, errand.words) == ("co_handle", "LAMPS", "请协助照明")


def test_the_lead_is_no_co_handler_of_itself(town):
    case = to_dispatch(town)

    with pytest.raises(cases.NotACoHandler):
        act(case, "dispatch", town.dispatcher, 15, department="CLEAN", helpers=["CLEAN"])

    case.refresh_from_db()
    assert case.state == "pending_dispatch"


def test_co_handlers_are_named_only_while_the_lead_has_the_case(town):
    case = to_dispatch(town)

    with pytest.raises(cases.NotNow):
        give(case, "co_handle", town.dispatcher, body="LAMPS", words="请协助")


def test_the_clock_of_a_co_handler_rests_while_the_case_is_suspended(town, lamps):
    case, errand = helping(town)
    instance = tasks.instance_of(f"case:{case.pk}")

    workflow.ask(
        instance,
        "suspension",
        "等待材料",
        by=town.department,
        asked={"until": "2026-11-20"},
        at=later(40),
    )
    waiting = next(t for t in tasks.open_tasks(instance.subject) if t.step == "decide_suspension")
    cases.perform_task(waiting, "agree", {"opinion": "同意"}, by=town.dispatcher, at=later(45))

    assert Clock.objects.get(task=errand.task_id).paused_at == later(45)


def test_two_answers_of_one_co_handler_never_count(town, lamps):
    _, errand = helping(town)
    answer(errand, "done", lamps, opinion="灯已修好")

    with pytest.raises(workflow.AlreadyDone):
        answer(errand, "done", lamps, opinion="再报一次")
    with pytest.raises(cases.ErrandSettled):
        cases.end_errand(Errand.objects.get(), "不再需要", by=town.dispatcher, at=later(50))


def instruct(case, town, **more):
    post = Post.objects.get(role__code="department", body__code="CLEAN")
    return give(case, "instruction", town.leader, words="今日务必办结", post=post.pk, **more)


def test_an_instruction_stands_on_the_desk_of_the_addressed_post(town):
    case = to_assigning(town)

    errand = instruct(case, town)

    assert errand.task in tasks.inbox(queries_scope(town.department))
    assert [each.name for each in tasks.actions_of(errand.task)] == ["noted"]
    assert errand.task.due_at is None
    answer(errand, "noted", town.department)
    assert Errand.objects.get().outcome == "noted"


def test_a_wanted_reply_must_be_written_within_its_limit(town):
    errand = instruct(to_assigning(town), town, reply_days=2)

    assert [each.name for each in tasks.actions_of(errand.task)] == ["reply"]
    assert errand.task.due_at is not None
    with pytest.raises(Invalid):
        answer(errand, "reply", town.department)
    answer(errand, "reply", town.department, opinion="已安排，今日办结")
    assert Errand.objects.get().reply == "已安排，今日办结"


@pytest.mark.parametrize("role", ["dispatcher", "department", "duty_leader", "evaluator"])
def test_only_leaders_instruct(town, role):
    case = to_assigning(town)
    post = Post.objects.first()

    with pytest.raises(NotAllowed):
        give(case, "instruction", town.people[role], words="请办结", post=post.pk)


def test_an_instruction_goes_to_posts_over_the_place_only(town):
    case = to_assigning(town)
    elsewhere = organisation.make_post(
        town.sanitation, "department", area_path="99/9901/990101/990101002/"
    )

    with pytest.raises(Invalid):
        give(case, "instruction", town.leader, words="请办结", post=elsewhere.pk)


def test_one_more_check_is_made_by_somebody_else_than_the_handler(town):
    case = to_checking(town)
    supervising = Post.objects.get(role__code="supervisor")
    Appointment.objects.create(user=town.handler, post=supervising, valid_from="2026-01-01")

    errand = give(case, "check_errand", town.duty_leader, 70, words="请再核查一次")

    with pytest.raises(workflow.Barred):
        answer(errand, "pass", town.handler, 80)
    answer(errand, "not_pass", town.supervisor, 80, opinion="仍有残留")
    assert Errand.objects.get().outcome == "not_pass"


def test_verification_belongs_before_filing_and_the_check_after_handling(town):
    fresh, handled = report(town), to_handling(town)

    errand = give(fresh, "verify_errand", town.acceptor, 3, words="请核实")
    answer(errand, "exists", town.supervisor, 4)

    for case in (fresh, handled):
        with pytest.raises(cases.NotNow):
            give(case, "check_errand", town.acceptor, words="请核查")
    with pytest.raises(cases.NotNow):
        give(handled, "verify_errand", town.acceptor, words="请核实")


def test_what_still_waits_ends_with_the_case_but_an_instruction_is_answered(town):
    case = to_checking(town)
    checking = give(case, "check_errand", town.acceptor, 70, words="请再核查")
    instruction = instruct(case, town, reply_days=1)
    case = act(case, "pass", town.supervisor, 90)
    act(case, "close", town.duty_leader, 95)

    checking.refresh_from_db()
    assert checking.state == "recalled"
    answer(instruction, "reply", town.department, 100, opinion="已办结")


def test_nothing_is_asked_about_an_ended_case(town):
    case = to_closed(town)

    with pytest.raises(cases.NotNow):
        instruct(case, town)
    with pytest.raises(cases.UnknownErrand):
        give(case, "anything", town.leader)


def test_the_flow_log_and_the_journal_tell_who_asked_and_answered(town, lamps):
    case, errand = helping(town)
    answer(errand, "done", lamps, opinion="灯已修好")

    lines = [(line.operation, line.opinion) for line in tasks.flow_of(f"case:{case.pk}")]
    assert ("give", "请修路灯") in lines
    assert ("answer", "灯已修好") in lines
    told = [row.kind for row in journal.of_subject(f"case:{case.pk}")]
    assert "cases.ErrandGiven" in told
    assert "cases.ErrandAnswered" in told
