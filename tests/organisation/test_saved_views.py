"""Views kept of a list: named, shared with a post, opened first, never wider than their reader."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.journal import queries as journal
from wanmi.kernel.errors import NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.organisation.models import FirstView, SavedView
from wanmi.organisation.saved import actions as saved
from wanmi.shell import lists

URGENT = {"list": "cases", "query": "urgent=yes&open=yes&sort=due", "name": "紧急"}


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role."""
    return towns.build()


def browser(person: object) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def keep(client: Client, **more: object) -> SavedView:
    answer = client.post("/views/new", URGENT | more)
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.get()


def post_of(person: object) -> int:
    return organisation.scope_of(person).holdings[0].post_id


def test_a_view_keeps_filters_and_order_and_stands_over_the_list(town):
    client = browser(town.dispatcher)

    row = keep(client)

    page = client.get("/cases?view=all").content.decode()
    assert parse_qs(row.query) == {"urgent": ["yes"], "open": ["yes"], "sort": ["due"]}
    assert "/cases?urgent=yes&amp;open=yes&amp;sort=due" in page or row.name in page
    assert "紧急" in client.get("/search").content.decode()
    assert "紧急" in client.get("/search?q=紧急").content.decode()
    shown = client.get(f"/views/{row.pk}").content.decode()
    assert "Nearest deadline first" in shown
    assert "Urgent" in shown


def test_only_what_the_list_filters_by_is_kept(town):
    row = keep(browser(town.dispatcher), query="urgent=yes&page=3&next=//evil&view=all")

    assert row.query == "urgent=yes"


def test_the_first_view_opens_where_the_address_asks_for_nothing(town):
    client = browser(town.dispatcher)
    keep(client, first="yes")

    plain, whole, other = (client.get(f"/cases{q}") for q in ("", "?view=all", "?lamp=red"))

    assert plain.status_code == 302
    assert parse_qs(urlsplit(plain["Location"]).query)["urgent"] == ["yes"]
    assert (whole.status_code, other.status_code) == (200, 200)
    assert browser(town.acceptor).get("/cases").status_code == 200


def test_a_view_is_shared_with_whoever_holds_the_post(town):
    keep(browser(town.dispatcher), post=post_of(town.dispatcher))
    mine, others = (
        browser(town.dispatcher).get("/api/v1/views").json(),
        browser(town.department).get("/api/v1/views").json(),
    )

    assert [(row["name"], row["is_own"]) for row in mine] == [("紧急", True)]
    assert others == []


def test_a_shared_view_never_widens_what_its_reader_sees(town):
    for west in (towns.WEST, towns.WEST + 0.01):
        lon, lat = west + towns.STEP / 2, towns.SOUTH + towns.STEP / 2
        cases.report(description="灯不亮", lon=lon, lat=lat, by=town.supervisor)
    listing, scope = lists.find("cases"), organisation.scope_of(town.leader)
    sent = QueryDict(f"area={towns.CITY}&open=yes")
    row = saved.save_view(listing, "全市", sent, by=town.leader, scope=scope)
    SavedView.objects.filter(pk=row.pk).update(post_id=post_of(town.street))

    shared = browser(town.street).get("/api/v1/views").json()
    widest, narrow = (
        browser(reader).get(listing.url(row.query)) for reader in (town.leader, town.street)
    )

    assert [each["name"] for each in shared] == ["全市"]
    assert len(widest.context["rows"]) == 2
    assert len(narrow.context["rows"]) == 1


def test_who_only_reads_a_shared_view_opens_it_first_but_does_not_change_it(town):
    row = keep(browser(town.dispatcher))
    SavedView.objects.filter(pk=row.pk).update(post_id=post_of(town.acceptor))
    reader = browser(town.acceptor)

    sent = {"name": "改名", "opens_first": True, "filters": {"lamp": "red"}}
    refused = reader.put(f"/api/v1/views/{row.pk}", sent, "application/json")
    chosen = reader.put(f"/api/v1/views/{row.pk}/first", {"opens_first": True}, "application/json")

    assert refused.status_code == 403
    assert chosen.json()["opens_first"]
    assert not chosen.json()["is_own"]
    with pytest.raises(NotAllowed):
        saved.drop_view(row, by=town.acceptor, scope=organisation.scope_of(town.acceptor))
    assert FirstView.objects.get().user == town.acceptor


def test_programs_keep_change_and_delete_views(town):
    client, kind = browser(town.dispatcher), "application/json"
    sent = {"list": "cases", "name": "超期", "filters": {"lamp": "red", "page": "2"}}

    made = client.post("/api/v1/views", sent, kind)
    row = made.json()
    renamed = client.put(f"/api/v1/views/{row['id']}", sent | {"name": "已超期"}, kind).json()
    twice = client.post("/api/v1/views", sent | {"name": "已超期"}, kind)
    gone = client.delete(f"/api/v1/views/{row['id']}")

    assert made.status_code == 201
    assert row["filters"] == {"lamp": "red"}
    assert renamed["name"] == "已超期"
    assert twice.status_code == 409
    assert twice.json()["code"] == "view_name_taken"
    assert gone.status_code == 204
    assert client.get("/api/v1/views").json() == []


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"name": " "}, 422),
        ({"query": ""}, 422),
        ({"post": "1e9"}, 422),
        ({"post": "999999"}, 422),
        ({"list": "nothing"}, 404),
        ({"name": "x" * 41}, 422),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(town, sent, code):
    answer = browser(town.dispatcher).post("/views/new", URGENT | sent)

    assert answer.status_code == code
    assert not SavedView.objects.exists()


def test_a_deleted_view_opens_no_longer_and_the_journal_names_no_words(town):
    client = browser(town.dispatcher)
    row = keep(client, first="yes")

    client.post(f"/views/{row.pk}/drop")

    assert client.get("/cases").status_code == 200
    told = journal.of_subject(f"view:{row.pk}")
    assert [entry.kind for entry in told][-1] == "organisation.ViewDropped"
    assert "紧急" not in str([entry.data for entry in told])
