"""The page of a part shows the cases about it, to who may see cases there."""

from datetime import date

import pytest

from tests import town as towns
from wanmi.cases import actions as cases
from wanmi.catalogue import actions as catalogue
from wanmi.catalogue import queries as classes
from wanmi.registers import actions as registers
from wanmi.registers.actions import NewPart


@pytest.fixture
def lamp(town):
    edition = classes.edition_on(date(2026, 11, 16))
    category = catalogue.enter_extension(
        edition, "part", "01", name_zh="路灯", name_en="Lamp", valid_from=edition.valid_from
    )
    return registers.enter_part(NewPart(category, *towns.INSIDE))


@pytest.fixture
def case(town, lamp):
    return cases.report(
        "灯不亮",
        lon=towns.INSIDE[0],
        lat=towns.INSIDE[1],
        kind="part",
        category=lamp.category.code,
        part=lamp.identifier,
        by=town.supervisor,
    )


@pytest.fixture
def acceptor(client, town):
    """Sign the acceptor in, reading English."""
    client.force_login(town.acceptor)
    client.cookies["django_language"] = "en"
    return client


def page(client, lamp):
    return client.get(f"/parts/{lamp.identifier}").content.decode()


def test_a_part_shows_the_cases_about_it(acceptor, lamp, case):
    shown = page(acceptor, lamp)

    assert "Cases about this part" in shown
    assert case.number in shown


def test_a_part_without_cases_says_so(acceptor, lamp):
    assert "No case has been opened about this part." in page(acceptor, lamp)


def test_many_cases_cost_no_more_statements(acceptor, town, lamp, django_assert_max_num_queries):
    for _ in range(25):
        cases.report(
            "灯不亮",
            lon=towns.INSIDE[0],
            lat=towns.INSIDE[1],
            part=lamp.identifier,
            kind="part",
            category=lamp.category.code,
            by=town.supervisor,
        )

    with django_assert_max_num_queries(12):
        shown = page(acceptor, lamp)
    assert "Only the newest are shown." in shown
