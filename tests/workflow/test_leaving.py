"""Somebody leaves: one deed moves their open work, ends their posts and closes the account."""

import pytest

from tests import town as towns
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import User
from wanmi.cases import actions as cases
from wanmi.journal.models import JournalEntry
from wanmi.organisation import actions as organisation
from wanmi.organisation import queries
from wanmi.organisation.actions import LastKeeper, NotYourself, OutOfYourHands
from wanmi.organisation.models import Appointment, Post
from wanmi.workflow import actions as workflow
from wanmi.workflow.actions.leaving import HandedToThemselves, leave, plan_leaving
from wanmi.workflow.models import Instance, Task


@pytest.fixture
def town(db):
    return towns.build()


@pytest.fixture
def second(town):
    """Return a second acceptor's account, which holds no post yet."""
    return accounts.open_account("second", password=towns.PASSWORD, name_zh="新受理员")


def claimed(town):
    lon, lat = towns.INSIDE
    case = cases.report(
        "垃圾", lon=lon, lat=lat, kind="event", category="06001", by=town.supervisor
    )
    task = Task.objects.get(subject=f"case:{case.pk}", state="open")
    workflow.claim(task, by=town.acceptor)
    return task


def go(town, person, to, *, take_posts=False):
    scope = queries.scope_of(town.admin)
    return leave(person, to, take_posts=take_posts, scope=scope, by=town.admin)


def test_the_plan_changes_nothing(town, second):
    task = claimed(town)

    plan = plan_leaving(town.acceptor, second, take_posts=True)

    assert (len(plan.to_person), len(plan.to_posts), len(plan.posts)) == (1, 0, 1)
    task.refresh_from_db()
    assert task.holder == town.acceptor


def test_tasks_move_posts_end_and_the_account_is_closed(town, second):
    task = claimed(town)

    go(town, town.acceptor, second, take_posts=True)

    task.refresh_from_db()
    assert task.holder == second
    assert not queries.scope_of(town.acceptor).holdings
    assert queries.scope_of(second).roles() == {"acceptor"}
    assert not User.objects.get(username="acceptor").is_active
    entry = JournalEntry.objects.get(kind="workflow.WorkHandedOver")
    assert entry.data == {
        "id": town.acceptor.pk,
        "to": second.pk,
        "tasks": 1,
        "later": 0,
    }


def test_what_the_successor_may_not_take_goes_back_to_the_post(town, second):
    task = claimed(town)
    plan = plan_leaving(town.acceptor, second, take_posts=False)
    assert (plan.to_posts, plan.stranded) == ([task], [task])

    go(town, town.acceptor, second)

    task.refresh_from_db()
    assert task.holder is None


def test_steps_still_to_come_name_the_successor(town, second):
    task = claimed(town)
    instance = Instance.objects.get(pk=task.instance_id)
    instance.data["handler"] = town.handler.pk
    instance.save()

    go(town, town.handler, second, take_posts=True)

    instance.refresh_from_db()
    assert instance.data["handler"] == second.pk


def test_without_a_successor_later_steps_go_to_the_post(town):
    task = claimed(town)
    instance = Instance.objects.get(pk=task.instance_id)
    instance.data["handler"] = town.handler.pk
    instance.save()

    go(town, town.handler, None)

    instance.refresh_from_db()
    assert "handler" not in instance.data


def test_nothing_moves_where_the_last_keeper_would_leave(town):
    keeper = accounts.open_account("keeper", password=towns.PASSWORD, name_zh="管理")
    organisation.appoint(keeper.pk, Post.objects.get(role__code="admin"))
    organisation.dismiss(
        Appointment.objects.get(user=town.admin), on=Appointment.objects.first().valid_from
    )
    with pytest.raises((LastKeeper, NotYourself)):
        leave(keeper, None, take_posts=False, scope=queries.scope_of(keeper), by=keeper)
    assert User.objects.get(username="keeper").is_active


def test_nobody_takes_over_from_themselves(town):
    with pytest.raises(HandedToThemselves):
        plan_leaving(town.acceptor, town.acceptor, take_posts=False)


def test_who_looks_after_less_cannot(town):
    organisation.appoint(
        town.citizen.pk, organisation.make_post(queries.body_by_code("COMMAND"), "admin")
    )

    with pytest.raises(OutOfYourHands):
        leave(
            town.acceptor,
            None,
            take_posts=False,
            scope=queries.scope_of(town.citizen),
            by=town.citizen,
        )


def test_the_page_shows_the_plan_and_does_it(town, second, client):
    task = claimed(town)
    client.force_login(town.admin)
    client.cookies["django_language"] = "en"

    shown = client.get("/leaving/acceptor?to=second&take_posts=on").content.decode()
    assert "Open tasks to the successor" in shown
    assert client.get("/leaving/acceptor?to=nobody").status_code == 422

    answer = client.post("/leaving/acceptor", {"to": "second", "take_posts": "on"})

    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.holder == second
