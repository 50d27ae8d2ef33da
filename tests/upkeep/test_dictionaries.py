"""Dictionaries: a city names, orders, extends and retires values; old work keeps its words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.cases import words
from wanmi.kernel.errors import Invalid
from wanmi.upkeep import actions, matters
from wanmi.workflow import fields

FORM = {
    "type": "object",
    "properties": {"why": {"type": "string", "x-options": "dictionary:site_reasons"}},
}


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role."""
    return towns.build()


def apply(item: str, by: object, *, from_day: date | None = None, **content: object):
    matter = matters.find("dictionaries")
    given = {"name_zh": "无人机巡查", "name_en": "Drone patrol"} | content
    draft = actions.draft(matter, item, given, by=by)
    return actions.apply(draft, by=by, from_day=from_day)


def report(town: towns.Town, source: str = "drone"):
    lon, lat = towns.INSIDE
    return cases.report(description="灯不亮", lon=lon, lat=lat, source=source, by=town.supervisor)


def browser(person: object) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def test_a_city_adds_a_source_and_takes_it_back_while_nobody_uses_it(town):
    change = apply("sources.drone", town.admin, place=5)

    with override("zh-hans"):
        assert next(iter(words.SOURCES.items())) == ("drone", "无人机巡查")
    actions.undo(change, by=town.admin)
    assert "drone" not in words.SOURCES
    with pytest.raises(cases.UnknownSource):
        report(town)


def test_a_source_in_use_is_retired_but_not_taken_out(town):
    added = apply("sources.drone", town.admin)
    case = report(town)

    with pytest.raises(actions.Stopped):
        actions.undo(added, by=town.admin)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    apply("sources.drone", town.admin, last_day=yesterday)

    assert "drone" not in words.SOURCES
    page = browser(town.dispatcher).get(f"/cases/{case.number}").content.decode()
    assert "Drone patrol" in page
    assert 'value="drone"' not in browser(town.dispatcher).get("/cases?view=all").content.decode()
    sent = {"description": "x", "lon": 120.0005, "lat": 30.0005, "source": "drone"}
    answer = browser(town.dispatcher).post("/api/v1/reports", sent, "application/json")
    assert answer.status_code == 422


def test_shipped_values_are_renamed_and_moved_and_stay_known_to_the_code(town):
    apply("sources.web", town.admin, name_zh="城市小程序", name_en="City app", place=1)

    with override("en"):
        assert next(iter(words.SOURCES.items())) == ("web", "City app")
    assert report(town, "web").source == "web"


def test_a_change_from_a_later_day_waits(town):
    tomorrow = timezone.localdate() + timedelta(days=1)

    apply("sources.drone", town.admin, from_day=tomorrow)

    assert "drone" not in words.SOURCES


def test_a_list_that_code_closes_takes_no_new_values(town):
    with pytest.raises(Invalid):
        apply("purposes.gift", town.admin)


def test_a_form_draws_its_choices_from_a_list_of_the_citys_own(town):
    apply("site_reasons.private", town.admin, name_zh="私人场地", name_en="Private ground")

    with override("en"):
        shown = fields.filled(FORM, lambda name: None)["properties"]["why"]

    assert shown["oneOf"] == [{"const": "private", "title": "Private ground"}]
    assert fields.check_fields(FORM, {"why": "private"}) == {"why": "private"}
    with pytest.raises(Invalid):
        fields.check_fields(FORM, {"why": "public"})


def test_the_administration_lists_values_and_shows_what_a_change_does(town):
    client = browser(town.admin)

    listed = client.get("/administration/dictionaries?q=sources").content.decode()
    sent = {"name_zh": "热线", "name_en": "12345", "place": "3", "last_day": "soon"}
    wrong = client.post("/administration/dictionaries/sources.hotline", sent)
    right = client.post("/administration/dictionaries/sources.hotline", sent | {"last_day": ""})

    assert "sources.hotline" in listed
    assert wrong.status_code == 422
    assert right.status_code == 302
    shown = client.get(right["Location"]).content.decode()
    assert "12345" in shown
