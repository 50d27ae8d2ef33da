"""Filing standards change from a day on, and differ by region class."""

from datetime import date

import pytest

from wanmi.catalogue import actions as catalogue
from wanmi.catalogue import queries
from wanmi.kernel.errors import Invalid
from wanmi.kernel.limits import Limit

pytestmark = pytest.mark.usefixtures("shipped_catalogue")

TODAY, NEW_YEAR = date(2026, 11, 21), date(2027, 1, 1)


@pytest.fixture
def cover():
    return queries.require_category("part", "01001", TODAY)


def test_a_new_limit_holds_from_its_day_and_the_old_one_until_the_day_before(cover):
    catalogue.enter_standard(
        cover,
        condition_no=2,
        condition_key="broken",
        closing_key="replace_or_repair",
        limit=Limit(8, "work_hour"),
        valid_from=NEW_YEAR,
    )

    (before,) = [r for r in queries.standards_of(cover, on=TODAY) if r.condition_no == 2]
    (after,) = [r for r in queries.standards_of(cover, on=NEW_YEAR) if r.condition_no == 2]
    assert (before.limit_value, before.valid_to) == (4, date(2026, 12, 31))
    assert (after.limit_value, after.certainty) == (8, "found")
    assert after.condition_zh == "破损、断裂"


def test_a_change_before_a_later_change_is_refused(cover):
    values = {"condition_no": 1, "limit": Limit(1, "urgent_hour")}
    catalogue.enter_standard(cover, valid_from=NEW_YEAR, **values)

    with pytest.raises(catalogue.StandardHoldsAlready):
        catalogue.enter_standard(cover, valid_from=TODAY, **values)


def test_a_region_class_may_have_its_own_limit(cover):
    catalogue.enter_standard(
        cover,
        condition_no=2,
        limit=Limit(2, "work_hour"),
        region_class="1",
        valid_from=TODAY,
    )

    general = {r.condition_no: r for r in queries.standards_of(cover, on=TODAY)}
    centre = {r.condition_no: r for r in queries.standards_of(cover, "1", on=TODAY)}
    assert general[2].limit_value == 4
    assert centre[2].limit_value == 2
    assert centre[1] == general[1]
    assert sorted(centre) == [1, 2, 3, 4]


def test_an_unknown_condition_is_refused(cover):
    with pytest.raises(Invalid, match="no filing condition"):
        catalogue.enter_standard(
            cover,
            condition_no=9,
            condition_key="purple",
            limit=Limit(1, "work_day"),
            valid_from=TODAY,
        )
    with pytest.raises(Invalid, match="no closing condition"):
        catalogue.enter_standard(
            cover,
            condition_no=9,
            closing_key="purple",
            limit=Limit(1, "work_day"),
            valid_from=TODAY,
        )


def test_a_city_sets_its_own_default_limit():
    catalogue.set_default_limit("part", Limit(7, "natural_day"))

    row = queries.default_limit("part")
    assert (row.limit_value, row.limit_type, row.certainty) == (7, "natural_day", "found")


def test_a_limit_is_told_in_the_readers_language(settings):
    from django.utils import translation

    with translation.override("en"):
        assert queries.limit_words("2.00", "urgent_hour") == "2 urgent hours"
        assert queries.limit_words(1, "work_day") == "1 work day"
        assert queries.limit_words("0.5", "natural_day") == "0.5 natural days"
