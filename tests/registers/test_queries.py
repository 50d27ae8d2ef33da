"""Parts are found by words, filters and place, inside the reader's area only."""

import pytest

from wanmi.organisation import queries as organisation
from wanmi.registers import actions as registers
from wanmi.registers import queries
from wanmi.registers.actions import NewPart
from wanmi.registers.queries import Filters

from .conftest import SOUTH, STEP, TODAY, WEST


@pytest.fixture
def street(lamp, cover):
    """Enter four lamps 11 m apart in the east, and a cover in the western district."""
    lamps = [
        NewPart(lamp, WEST + STEP / 2, SOUTH + number * 1e-4, owner_name="城市照明中心")
        for number in range(1, 5)
    ]
    return registers.enter_parts([*lamps, NewPart(cover, WEST - STEP, SOUTH + STEP)])


def test_nearby_parts_come_nearest_first_with_metres(street, lamp):
    found = queries.nearby(WEST + STEP / 2, SOUTH + 1e-4, 25)

    assert [row.pk for row, _ in found] == [part.pk for part in street[:3]]
    assert [round(metres) for _, metres in found] == [0, 11, 22]
    assert queries.nearby(WEST + STEP / 2, SOUTH + 1e-4, 25, limit=1) == found[:1]
    assert queries.nearby(WEST + STEP / 2, SOUTH, 25, category=lamp.pk + 1) == []


def test_retired_parts_are_not_nearby(street):
    registers.retire(street[0], reason="gone")

    assert street[0] not in [row for row, _ in queries.nearby(WEST + STEP / 2, SOUTH + 1e-4, 5)]


def test_nearby_sees_across_the_edges_of_tiles(lamp):
    # 0° is an edge of every zoom: both sides must be looked at.
    registers.enter_part(NewPart(lamp, -1e-5, 10.0, division_code="990101"))
    registers.enter_part(NewPart(lamp, 1e-5, 10.0, division_code="990101"))

    assert len(queries.nearby(0.0, 10.0, 5)) == 2


@pytest.mark.parametrize(
    ("q", "count"),
    [
        ("路灯", 4),
        ("street", 4),
        ("照明中心", 4),
        ("990102", 1),
        ("99010101037000002", 1),
        ("塔", 0),
    ],
)
def test_words_and_numbers_are_looked_for(street, q, count):
    assert queries.search(q).count() == count


def test_filters_narrow(street):
    registers.change_state(street[0], "damaged", reason="bent")

    def count(**filters):
        return queries.search(filters=Filters(**filters)).count()

    assert count(code="01") == 5
    assert count(code="01037") == 4
    assert count(state="damaged") == 1
    assert count(area="99/9901/990102/") == 1
    assert count(grid="990101001001001") == 4
    assert count(edition="2013") == 0


def test_a_person_sees_the_parts_of_their_area(street, make_person):
    westerner = organisation.scope_of(make_person("street", "99/9901/990102/"), on=TODAY)
    citizen = organisation.scope_of(make_person("citizen"), on=TODAY)

    assert [row.pk for row in queries.search(scope=westerner)] == [street[-1].pk]
    assert queries.search(scope=citizen).count() == 0
    assert queries.require_part(street[-1].identifier, westerner) == street[-1]
    with pytest.raises(queries.NoSuchPart):
        queries.require_part(street[0].identifier, westerner)
    with pytest.raises(queries.NoSuchPart):
        queries.require_part("nothing", westerner)
