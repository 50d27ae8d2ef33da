"""Seeing as somebody else: read-only, limited by one's own duties, journalled, with a banner."""

from datetime import UTC, datetime, timedelta

import pytest

from wanmi.journal.models import JournalEntry
from wanmi.organisation import actions as organisation
from wanmi.organisation import viewing
from wanmi.organisation.models import Appointment, Role


@pytest.fixture
def view(client, keeper, clerk):
    """Let the keeper of the city look as the acceptor of the east, reading English."""
    client.force_login(keeper)
    client.cookies["django_language"] = "en"
    assert client.post("/organisation/people/clerk/view").status_code == 302
    return client


def told():
    kinds = JournalEntry.objects.filter(kind__contains="View").order_by("number")
    return list(kinds.values_list("kind", "actor"))


def test_the_pages_are_the_persons_under_a_banner(view, keeper, clerk):
    page = view.get("/organisation").content.decode()

    assert "You see what clerk sees" in page
    assert "EAST-LIGHT" in page
    assert "/organisation/bodies/WEST" not in page
    assert told() == [("organisation.ViewBegun", f"user:{keeper.pk}")]


@pytest.mark.parametrize(
    "address", ["/organisation/people/clerk/lock", "/notices/read", "/api/v1/notices/read"]
)
def test_nothing_can_be_changed(view, address):
    answer = view.post(address, {})

    assert answer.status_code == 403
    assert "nothing can be changed" in answer.content.decode()


def test_what_the_administrator_may_not_read_stays_hidden(view, clerk):
    scope = view.get("/organisation").wsgi_request.scope

    assert scope.user_id == clerk.pk
    assert "cases.see_reporter" in Role.objects.get(code="acceptor").duties
    assert not scope.may("cases.see_reporter")
    assert scope.may("cases.place")


def test_the_view_is_ended(view, keeper):
    answer = view.post("/organisation/viewing/end")

    assert answer.url == "/organisation/people/clerk"
    assert "You see what" not in view.get("/organisation").content.decode()
    assert [kind for kind, _ in told()] == ["organisation.ViewBegun", "organisation.ViewEnded"]


def test_the_view_runs_out(view):
    session = view.session
    past = datetime.now(UTC) - timedelta(seconds=1)
    session[viewing.VIEWED] = [session[viewing.VIEWED][0], int(past.timestamp())]
    session.save()

    assert "You see what" not in view.get("/organisation").content.decode()


def test_the_view_ends_with_the_right_to_it(view, keeper, employ):
    employ("second", "admin")
    row = Appointment.objects.get(user=keeper)
    organisation.dismiss(row, on=row.valid_from)

    assert view.get("/organisation").status_code == 403


def test_only_who_looks_after_the_whole_city_may(client, employ, clerk):
    client.force_login(employ("east", "admin", "EAST"))

    assert client.post("/organisation/people/clerk/view").status_code == 403


@pytest.mark.parametrize("name", ["keeper", "gone"])
def test_nobody_views_themselves_or_somebody_without_a_post(client, keeper, employ, name):
    gone = employ("gone", "handler")
    row = Appointment.objects.get(user=gone)
    organisation.dismiss(row, on=row.valid_from)
    client.force_login(keeper)

    assert client.post(f"/organisation/people/{name}/view").status_code == 409


def test_a_program_with_a_token_is_never_somebody_else(view, keeper):
    from wanmi.accounts import actions as accounts

    from .conftest import PASSWORD

    token = accounts.give_token("keeper", PASSWORD)
    answer = view.post(
        "/api/v1/notices/read", {}, "application/json", headers={"Authorization": f"Bearer {token}"}
    )

    assert answer.status_code == 200
