"""Why may this person do this there? Post → role → area, or what is missing."""

import pytest

from wanmi.organisation import actions as organisation
from wanmi.organisation.explaining import chain
from wanmi.organisation.models import Appointment, Post

from .conftest import EAST, WEST


def only(user, duty, path):
    (link,) = chain(user, duty, path)
    return link


def test_all_links_hold(clerk):
    link = only(clerk, "cases.see", EAST)

    assert link.grants
    assert (link.row.post.role.code, link.area_names[-1]) == ("acceptor", "江岸区")


@pytest.mark.parametrize(
    ("duty", "path", "missing"),
    [("cases.see", WEST, "is_here"), ("people.edit", EAST, "has_duty")],
)
def test_the_missing_link_is_named(clerk, duty, path, missing):
    link = only(clerk, duty, path)

    assert not link.grants
    assert [n for n in ("is_now", "is_used", "has_duty", "is_here") if not getattr(link, n)] == [
        missing
    ]


def test_an_appointment_that_is_over_and_a_post_out_of_use_give_nothing(clerk, keeper):
    row = Appointment.objects.get(user=clerk)
    organisation.dismiss(row, on=row.valid_from, by=keeper)
    assert not only(clerk, "cases.see", EAST).is_now

    organisation.change_post(Post.objects.get(pk=row.post_id), {"is_active": False})
    assert not only(clerk, "cases.see", EAST).is_used


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("duty=cases.see&place=990101", "Yes: at least one post"),
        ("duty=cases.see&place=990102", "does not reach there"),
        ("duty=people.edit", "does not carry this duty"),
        ("duty=cases.see&place=nowhere", "no area and no case"),
        ("duty=nonsense", "Choose a duty"),
    ],
)
def test_the_page_answers(client, keeper, clerk, query, told):
    client.force_login(keeper)
    client.cookies["django_language"] = "en"

    assert told in client.get(f"/organisation/people/clerk/rights?{query}").content.decode()
