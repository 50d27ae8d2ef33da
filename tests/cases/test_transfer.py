"""A case goes to another level and its result comes back; each level has its own clock."""

import pytest

from tests.cases import levels
from tests.cases.driving import act, later, to_dispatch
from wanmi.cases import actions as cases
from wanmi.cases.models import Errand
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks
from wanmi.workflow.models import Clock


@pytest.fixture
def city(town):
    return levels.add_city()


def send(case, by, to="CITYCMD", minutes=20):
    fields = {"body": to, "words": "属市管道路"}
    return cases.give_errand(case, "transfer", fields, by=by, at=later(minutes))


def inbox(person):
    return list(tasks.inbox(organisation.scope_of(person)))


def to_result(case, city, minutes=30):
    act(case, "dispatch", city["dispatcher"], minutes, department="CITYROAD")
    act(case, "assign", city["department"], minutes + 5, handler=city["handler"].pk)
    act(case, "done", city["handler"], minutes + 20, opinion="已修复")
    return act(case, "confirm", city["dispatcher"], minutes + 30, opinion="市级已办结")


def test_a_case_sent_up_waits_at_the_city_and_no_longer_at_the_district(town, city):
    case = to_dispatch(town)

    send(case, town.dispatcher)

    (task,) = inbox(city["dispatcher"])
    assert (task.step, task.subject) == ("dispatch", f"case:{case.pk}")
    assert inbox(town.dispatcher) == []
    case.refresh_from_db()
    assert (case.phase, case.state) == ("dispatch", "pending_dispatch")


def test_each_level_keeps_its_own_clock(town, city):
    case = to_dispatch(town)

    send(case, town.dispatcher, minutes=20)

    mine, theirs = Clock.objects.filter(instance__subject=f"case:{case.pk}", stage="dispatch")
    assert (mine.body.code, mine.stopped_at, mine.is_overdue) == ("COMMAND", later(20), False)
    assert (theirs.body.code, theirs.started_at, theirs.stopped_at) == ("CITYCMD", later(20), None)
    case.refresh_from_db()
    assert case.due_at == theirs.due_at


def test_the_result_flows_back_to_the_level_that_passed_the_case_on(town, city):
    case = to_dispatch(town)
    errand = send(case, town.dispatcher)

    case = to_result(case, city)

    errand.refresh_from_db()
    assert (errand.state, errand.reply) == ("answered", "市级已办结")
    (result,) = inbox(town.dispatcher)
    assert result.step == "transfer_result"
    assert case.phase == "check_and_close"
    cases.perform_task(tasks.task(result.pk), "noted", {}, by=town.dispatcher, at=later(70))
    assert inbox(town.dispatcher) == []


def test_a_result_passes_every_level_on_its_way_back(town, city):
    street = levels.add_street()
    case = to_dispatch(town)
    send(case, street, "COMMAND", 15)
    send(case, town.dispatcher, "CITYCMD", 20)

    to_result(case, city)

    for person in (street, town.dispatcher):
        assert [task.step for task in inbox(person)] == ["transfer_result"]


def test_the_city_passes_a_case_down(town, city):
    street = levels.add_street()
    case = to_dispatch(town)
    send(case, street, "CITYCMD", 15)

    send(case, city["dispatcher"], "COMMAND", 20)

    assert [task.step for task in inbox(town.dispatcher)] == ["dispatch"]


def test_the_other_level_sends_it_back_with_a_reason(town, city):
    case = to_dispatch(town)
    errand = send(case, town.dispatcher)

    cases.end_errand(errand, "属区管支路", by=city["dispatcher"], at=later(25))

    assert Errand.objects.get().state == "declined"
    (task,) = inbox(town.dispatcher)
    assert task.step == "dispatch"
    assert inbox(city["dispatcher"]) == []
    assert act(case, "dispatch", town.dispatcher, 40, department="CLEAN").phase == "handling"


def test_what_the_other_level_has_dispatched_is_not_called_back(town, city):
    case = to_dispatch(town)
    errand = send(case, town.dispatcher)
    act(case, "dispatch", city["dispatcher"], 30, department="CITYROAD")

    with pytest.raises(cases.NotNow):
        cases.end_errand(errand, "我们自己办", by=town.dispatcher, at=later(35))
    with pytest.raises(cases.NotNow):
        send(case, city["dispatcher"], "COMMAND", 40)


@pytest.mark.parametrize("role", ["acceptor", "department", "leader", "street", "duty_leader"])
def test_only_dispatchers_pass_a_case_on(town, city, role):
    case = to_dispatch(town)

    with pytest.raises(NotAllowed):
        send(case, town.people[role])


def test_only_the_level_that_holds_the_case_passes_it_on(town, city):
    case = to_dispatch(town)

    with pytest.raises(NotAllowed):
        send(case, city["dispatcher"], "COMMAND")
    with pytest.raises(Invalid):
        send(case, town.dispatcher, "COMMAND")
    with pytest.raises(Invalid):
        send(case, town.dispatcher, "CLEAN")
