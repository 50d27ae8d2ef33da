"""Parts get identifiers that are never given twice, and lie where their point lies."""

from dataclasses import replace

import pytest

from wanmi.catalogue import queries as catalogue
from wanmi.journal import queries as journal
from wanmi.kernel.errors import Invalid
from wanmi.registers import actions as registers
from wanmi.registers import queries
from wanmi.registers.actions import NewPart

from .conftest import SOUTH, STEP, WEST

INSIDE = (WEST + STEP / 2, SOUTH + STEP / 2)
NEXT_DISTRICT = (WEST - STEP, SOUTH + STEP)


def test_a_part_gets_its_number_its_grid_and_its_area(lamp):
    part = registers.enter_part(NewPart(lamp, *INSIDE))

    assert part.identifier == "99010101037000001"
    assert part.grid_code == "990101001001001"
    assert part.area_path == "99/9901/990101/990101001/990101001001/990101001001001/"
    assert (part.name_zh, part.name_en, part.state) == ("路灯", "Street light", "intact")
    (entry,) = journal.of_subject(f"part:{part.pk}")
    assert entry.kind == "registers.PartEntered"
    assert entry.area_path == part.area_path


def test_numbers_count_per_division_and_class(lamp, cover):
    codes = [
        registers.enter_part(NewPart(category, *point)).identifier
        for category, point in [
            (lamp, INSIDE),
            (lamp, INSIDE),
            (cover, INSIDE),
            (lamp, NEXT_DISTRICT),
        ]
    ]

    assert codes == [
        "99010101037000001",
        "99010101037000002",
        "99010101001000001",
        "99010201037000001",
    ]


def test_an_older_edition_has_sixteen_characters(town):
    old = catalogue.require_category("part", "0137", edition="2013")

    assert registers.enter_part(NewPart(old, *INSIDE)).identifier == "9901010137000001"


def test_the_number_of_a_retired_part_is_not_given_again(lamp):
    first = registers.enter_part(NewPart(lamp, *INSIDE))
    registers.retire(first, reason="replaced")

    assert registers.enter_part(NewPart(lamp, *INSIDE)).identifier.endswith("000002")


def test_numbers_that_came_along_are_kept_and_not_given_again(lamp):
    registers.enter_part(NewPart(lamp, *INSIDE, identifier="99010101037000041"))

    assert registers.enter_part(NewPart(lamp, *INSIDE)).identifier == "99010101037000042"


@pytest.mark.parametrize(
    "wrong", ["9901010137000001", "99010101001000001", "lamp 7", "99010101037ABCDEF"]
)
def test_an_identifier_of_another_class_or_edition_is_refused(lamp, wrong):
    with pytest.raises(registers.WrongIdentifier):
        registers.enter_part(NewPart(lamp, *INSIDE, identifier=wrong))


def test_an_identifier_is_taken_once(lamp):
    new = NewPart(lamp, *INSIDE, identifier="99010101037000041")
    with pytest.raises(registers.IdentifierTaken):
        registers.enter_parts([new, new])
    registers.enter_part(new)

    with pytest.raises(registers.IdentifierTaken):
        registers.enter_part(new)


def test_a_part_outside_every_district_needs_a_division(lamp):
    outside = NewPart(lamp, 10.0, 50.0)
    with pytest.raises(registers.OutsideEveryDistrict):
        registers.enter_part(outside)

    part = registers.enter_part(replace(outside, division_code="990101"))
    assert (part.area_path, part.grid_code) == ("", "")


@pytest.mark.parametrize(
    "wrong",
    [{"lon": float("nan")}, {"lat": float("inf")}, {"name_zh": "a\x00b"}, {"note": "\ud800"}],
)
def test_what_no_database_can_store_is_refused(lamp, wrong):
    with pytest.raises(Invalid):
        registers.enter_part(replace(NewPart(lamp, *INSIDE, division_code="990101"), **wrong))


def test_a_survey_is_all_or_nothing_and_one_entry_in_the_journal(lamp):
    good = NewPart(lamp, *INSIDE)
    head = journal.head_number()

    with pytest.raises(registers.OutsideEveryDistrict):
        registers.enter_parts([good, NewPart(lamp, 10.0, 50.0)])
    assert queries.search().count() == 0
    assert registers.enter_parts([]) == []
    assert journal.head_number() == head

    parts = registers.enter_parts([good] * 3, source="survey 2026")
    (entry,) = journal.after(head)
    assert entry.data == {
        "first": parts[0].pk,
        "last": parts[-1].pk,
        "count": 3,
        "source": "survey 2026",
    }


def test_a_survey_costs_statements_by_the_batch_not_by_the_part(
    lamp, cover, django_assert_max_num_queries
):
    news = [
        NewPart((lamp, cover)[number % 2], WEST + number * 1e-6, SOUTH) for number in range(3000)
    ]

    # SQLite takes 999 values in a statement, PostgreSQL a batch of 500 parts.
    with django_assert_max_num_queries(3000 // 30 + 12):
        parts = registers.enter_parts(news)

    assert parts[-1].identifier == "99010101001001500"
    assert queries.search().count() == 3000
