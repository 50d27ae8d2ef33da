"""Somebody works a post's tasks in its holder's place for a time (授权); both are recorded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cases import driving
from tests.town import PASSWORD
from wanmi.accounts import actions as accounts
from wanmi.journal.models import JournalEntry
from wanmi.kernel.errors import NotAllowed
from wanmi.organisation import actions as organisation
from wanmi.organisation import explaining, queries
from wanmi.organisation.models import Appointment, Deputy, Post
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

pytestmark = pytest.mark.django_db
ALL = tuple(queries.deputies.WORKS)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def held(town):
    """Return the dispatcher's appointment, which is handed over here."""
    rows = Appointment.objects.select_related("post__role", "post__body", "user")
    return rows.get(user=town.dispatcher)


@pytest.fixture
def colleague(town, held):
    """Return a colleague of the same body whose own post works no tasks."""
    return standing_by(held)


def standing_by(held):
    role = queries.role("inspector")
    post = Post.objects.create(
        body=held.post.body, role=role, name_zh="督察员", area_path=held.post.area_path
    )
    user = accounts.open_account("standin", password=PASSWORD, name_zh="李代", name_en="Stand-in")
    organisation.appoint(user.pk, post, from_date=date(2020, 1, 1))
    return user


def name(held, user, today, works=ALL, *, days=3, by=None, begin=0):
    by = by or held.user
    return organisation.name_deputy(
        held,
        user,
        works,
        first=today + timedelta(days=begin),
        last=today + timedelta(days=days),
        scope=queries.scope_of(by),
        by=by,
    )


def test_a_deputy_dispatches_and_both_are_recorded(town, held, colleague, today):
    case = driving.to_dispatch(town)
    (task,) = tasks.open_tasks(f"case:{case.pk}")
    assert not tasks.may_take(queries.scope_of(colleague), task)

    name(held, colleague, today)

    scope = queries.scope_of(colleague)
    assert task in tasks.inbox(scope)
    (row,) = tasks.rows([task], scope)
    assert row.acted_for == held.user.name
    driving.act(case, "dispatch", colleague, 15, department="CLEAN")
    line = tasks.flow_of(f"case:{case.pk}")[-1]
    assert (line.operator, line.acted_for, line.post_id) == (colleague, held.user, held.post_id)
    assert held.user.name_zh in tasks.moment(line).actor
    told = JournalEntry.objects.filter(kind="workflow.TaskFinished").latest("pk")
    assert told.data["acted_for"] == held.user_id
    assert told.actor == f"user:{colleague.pk}"


def test_only_what_was_handed_over_is_open_to_the_deputy(town, held, colleague, today):
    case = driving.to_dispatch(town)
    (task,) = tasks.open_tasks(f"case:{case.pk}")

    name(held, colleague, today, ["decisions"])

    scope = queries.scope_of(colleague)
    assert task not in tasks.inbox(scope)
    assert not tasks.may_take(scope, task)
    assert not scope.may(queries.duties.URGE)


def test_it_begins_and_ends_by_itself(town, held, colleague, today):
    name(held, colleague, today, begin=1, days=2)

    def works(day):
        return queries.scope_of(colleague, on=today + timedelta(days=day)).may("tasks.work")

    assert [works(day) for day in range(4)] == [False, True, True, False]


def test_it_ends_with_the_appointment_and_when_withdrawn(town, held, colleague, today):
    row = name(held, colleague, today)
    assert queries.scope_of(colleague).may("tasks.work")

    organisation.withdraw_deputy(row, scope=queries.scope_of(held.user), by=held.user)

    assert not queries.scope_of(colleague).may("tasks.work")
    with pytest.raises(organisation.DeputyOver):
        organisation.withdraw_deputy(row, scope=queries.scope_of(held.user), by=held.user)
    name(held, colleague, today)
    Appointment.objects.filter(pk=held.pk).update(valid_to=today - timedelta(days=1))
    assert not queries.scope_of(colleague).may("tasks.work")


def test_nobody_decides_their_own_request_through_a_deputy(town, held, colleague, today):
    case = driving.to_dispatch(town)
    (task,) = tasks.open_tasks(f"case:{case.pk}")
    task.barred = held.user
    task.save()
    name(held, colleague, today)

    scope = queries.scope_of(colleague)

    assert not tasks.may_take(scope, task)
    assert task not in tasks.inbox(scope)
    with pytest.raises(workflow.Barred):
        workflow.claim(task, by=colleague)


def test_a_deputy_never_passes_the_post_on(town, held, colleague, today):
    name(held, colleague, today)

    with pytest.raises(NotAllowed):
        name(held, town.supervisor, today, by=colleague)


@pytest.mark.parametrize(
    ("works", "begin", "days", "refusal"),
    [
        ((), 0, 1, organisation.NothingHandedOver),
        (("nonsense",), 0, 1, organisation.NothingHandedOver),
        (ALL, 0, -1, organisation.UnusableDays),
        (ALL, 3, 2, organisation.UnusableDays),
        (ALL, 0, 400, organisation.UnusableDays),
    ],
)
def test_what_makes_no_sense_is_refused(held, colleague, today, works, begin, days, refusal):
    with pytest.raises(refusal):
        name(held, colleague, today, works, begin=begin, days=days)


def test_two_do_not_stand_in_for_the_same(town, held, colleague, today):
    name(held, colleague, today, ["decisions"])

    with pytest.raises(organisation.HandedOverAlready):
        name(held, colleague, today, ALL)
    name(held, colleague, today, ["steps"])


def test_strangers_cannot_stand_in_and_strangers_cannot_name(town, held, colleague, today):
    with pytest.raises(organisation.NobodyNear):
        name(held, held.user, today)
    with pytest.raises(NotAllowed):
        name(held, colleague, today, by=town.supervisor)


def test_the_page_names_shows_and_withdraws(town, held, colleague, today, client):
    client.force_login(held.user)
    address = f"/organisation/people/{held.user.username}/deputies"
    assert client.get(address).status_code == 200
    sent = {
        "deputy-post": held.pk,
        "deputy-person": colleague.pk,
        "deputy-works": ["decisions", "steps"],
        "deputy-first": f"{today}",
        "deputy-last": f"{today + timedelta(days=5)}",
    }
    sent |= {key.removeprefix("deputy-"): value for key, value in sent.items()}

    assert client.post(address, sent).status_code == 302
    assert client.post(address, {**sent, "last": "x", "deputy-last": "x"}).status_code == 422

    row = Deputy.objects.get()
    assert row.works == ["decisions", "steps"]
    assert colleague.name in client.get(address).content.decode()
    client.force_login(town.supervisor)
    assert client.post(f"/organisation/deputies/{row.pk}/end").status_code == 403
    client.force_login(held.user)
    client.post(f"/organisation/deputies/{row.pk}/end")
    row.refresh_from_db()
    assert row.withdrawn_by == held.user


def test_a_decision_names_whose_post_it_was_made_in(town, today):
    case = driving.to_handling(town)
    chief = Appointment.objects.select_related("post__role", "post__body", "user")
    deputy = standing_by(chief.get(user=town.department))
    name(chief.get(user=town.department), deputy, today, ["decisions"])
    instance = tasks.instance_of(f"case:{case.pk}")
    asked = workflow.ask(instance, "extension", "配件未到", by=town.handler, at=driving.later(30))
    (task,) = [each for each in tasks.open_tasks(f"case:{case.pk}") if each.request]

    workflow.perform(task.pk, "agree", {}, by=deputy, at=driving.later(35))

    (approval,) = tasks.approvals_of(asked)
    assert (approval.decided_by, approval.decided_for) == (deputy, town.department)
    told = JournalEntry.objects.filter(kind="workflow.AdjustmentDecided").latest("pk")
    assert told.data["acted_for"] == town.department.pk


def test_the_page_of_rights_says_that_somebody_stands_in(town, held, colleague, today):
    assert not any(link.grants for link in explaining.chain(colleague, "tasks.work", ""))

    name(held, colleague, today)

    first = explaining.chain(colleague, "tasks.work", "")[0]
    assert (first.grants, first.holder) == (True, held.user.name)
    assert not any(link.grants for link in explaining.chain(colleague, "cases.urge", ""))
