"""Filing standards and limits change from a day on; running cases keep what they had."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.catalogue import queries as catalogue
from wanmi.catalogue.actions import set_default_limit
from wanmi.catalogue.models import CaseStandard
from wanmi.kernel.errors import Invalid
from wanmi.kernel.limits import Limit, LimitType
from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions, queries

ITEM = "2026.event.06001.1"


def matter(town, key="standards"):
    return queries.matter_of(key, organisation.scope_of(town.admin))


def change(town, item, content, key="standards", **more):
    row = actions.draft(matter(town, key), item, content, by=town.admin)
    return actions.apply(row, by=town.admin, **more)


def limits(town, on=None):
    return [str(row.limit_value.normalize()) for row in catalogue.standards_of(town.garbage, on=on)]


def test_a_limit_changes_from_today_and_is_brought_back(town):
    row = change(town, ITEM, matter(town).now(ITEM) | {"limit_value": 2})
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (limits(town), limits(town, yesterday)) == (["2"], ["4"])

    actions.undo(row, by=town.admin)

    assert limits(town) == ["4"]
    assert CaseStandard.objects.filter(category=town.garbage).count() == 2


def test_it_waits_for_its_day(town):
    tomorrow = timezone.localdate() + timedelta(days=1)
    change(town, ITEM, matter(town).now(ITEM) | {"limit_value": 2}, from_day=tomorrow)

    assert limits(town) == ["4"]


def test_running_cases_are_counted_before(town):
    lon, lat = towns.INSIDE
    cases.report("垃圾", lon=lon, lat=lat, kind="event", category="06001", by=town.supervisor)
    effects = matter(town).effects(ITEM, matter(town).now(ITEM), timezone.localdate())

    assert " 1 " in effects[0].sentence


def test_a_condition_is_added_and_taken_out_again(town):
    content = matter(town).now(ITEM) | {"condition_zh": "大面积暴露垃圾", "limit_value": 1}

    row = change(town, "2026.event.06001.2", content)
    assert limits(town) == ["4", "1"]

    actions.undo(row, by=town.admin)
    assert limits(town) == ["4"]


@pytest.mark.parametrize("item", ["2026.event.99999.1", "nonsense", "2026.circus.06001.1"])
def test_a_class_that_is_not_there_is_refused(town, item):
    with pytest.raises(actions.UnusableKey):
        actions.draft(matter(town), item, matter(town).now(ITEM), by=town.admin)


@pytest.mark.parametrize("wrong", [0, -1, 4000, "four"])
def test_a_limit_is_a_sensible_number(town, wrong):
    with pytest.raises(Invalid):
        actions.draft(
            matter(town), ITEM, matter(town).now(ITEM) | {"limit_value": wrong}, by=town.admin
        )


def test_the_default_limit_is_set_and_brought_back(town):
    set_default_limit("event", Limit(3, LimitType.WORK_DAY))
    row = change(town, "event", {"limit_value": 5, "limit_type": "work_day"}, "default-limits")
    assert catalogue.default_limit("event").limit_value == 5

    actions.undo(row, by=town.admin)
    assert catalogue.default_limit("event").limit_value == 3


def test_pages_lead_there(town, sign_in, django_assert_max_num_queries):
    client = sign_in(town.admin)

    assert ITEM in client.get("/catalogue/2026/event/06001").content.decode()
    with django_assert_max_num_queries(12):
        assert ITEM in client.get("/administration/standards").content.decode()
    assert client.get(f"/administration/standards/{ITEM}").status_code == 200
