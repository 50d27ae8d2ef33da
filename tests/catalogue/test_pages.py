"""The catalogue in the browser and over the API."""

from datetime import date

import pytest
from django.utils import translation

from wanmi.accounts import actions as accounts
from wanmi.catalogue import actions as catalogue
from wanmi.organisation import actions as organisation

pytestmark = pytest.mark.usefixtures("shipped_catalogue")

BUDGET = 12


@pytest.fixture
def reader(client):
    """Sign somebody in who may see the catalogue."""
    client.force_login(_person("officer"))
    client.cookies["django_language"] = "en"
    return client


def _person(role):
    organisation.enter_shipped_roles()
    user = accounts.open_account(role, password="", name_zh=role, check_password=False)
    body = organisation.found_body(
        role, kind="bureau", level="city", name_zh=role, area_path="99/9901/"
    )
    organisation.appoint(user.pk, organisation.make_post(body, role), from_date=date(2026, 1, 1))
    return user


def test_the_list_shows_the_edition_in_force_with_symbols(reader):
    answer = reader.get("/catalogue")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "GB/T 47678.5-2026" in page
    assert "Water supply manhole cover" in page
    assert "catalogue/symbols.svg#cover" in page
    assert answer.context["page"].total == 403


def test_the_list_is_narrowed_and_another_edition_is_named(reader):
    answer = reader.get("/catalogue?edition=2013&kind=part&major=01&q=井盖")

    assert answer.status_code == 200
    assert {row.edition.code for row in answer.context["page"].rows} == {"2013"}
    assert all("井盖" in row.name_zh for row in answer.context["page"].rows)


def test_htmx_gets_the_rows_only(reader):
    answer = reader.get("/catalogue?q=路灯", headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
    assert "Street light" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/catalogue", "/catalogue?edition=2013", "/catalogue?q=lamp", "/catalogue/calendar"]
)
def test_a_page_costs_few_statements(reader, django_assert_max_num_queries, address):
    # The frame remembers areas and menus for some seconds; the page itself is counted.
    reader.get("/catalogue/2026/part/01001")
    with django_assert_max_num_queries(BUDGET):
        assert reader.get(address).status_code == 200


def test_a_class_shows_its_limits_in_words_and_what_is_unsure(reader):
    page = reader.get("/catalogue/2026/part/01001").content.decode()

    assert "2 urgent hours" in page
    assert "Replaced or repaired" in page
    assert "To be confirmed" in page
    assert "/catalogue/2013/part/0101" in page
    assert "/catalogue/2026/event/01001" in page


def test_a_class_without_a_standard_says_which_limit_it_takes(reader):
    page = reader.get("/catalogue/2026/part/01005").content.decode()

    assert "no filing standard" in page
    assert "3 work days" in page


def test_pages_speak_chinese(client):
    client.force_login(_person("officer"))
    client.cookies["django_language"] = "zh-hans"

    page = client.get("/catalogue/2026/part/01001").content.decode()

    assert "供水井盖" in page
    assert "缺失、移位" in page


@pytest.mark.parametrize(
    "address",
    ["/catalogue?edition=1999", "/catalogue/2026/part/99999", "/catalogue/2026/thing/01001"],
)
def test_what_is_not_there_is_not_found(reader, address):
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/catalogue", "/catalogue/2026/part/01001"])
def test_only_who_may_see_the_catalogue_sees_it(client, address):
    assert client.get(address).status_code == 302
    client.force_login(_person("citizen"))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("year", ["2025", "2027", "", "99", "abcd", "１２３４"])
def test_the_calendar_page_takes_any_year(reader, year):
    assert reader.get(f"/catalogue/calendar?year={year}").status_code == 200


def test_the_calendar_page_marks_days(reader):
    catalogue.enter_day(date(2026, 11, 21), is_working=True, note="inspection")

    page = reader.get("/catalogue/calendar?year=2026").content.decode()

    assert 'class="month__extra" title="inspection"' in page
    assert "not announced" not in page
    assert "not announced" in reader.get("/catalogue/calendar?year=2031").content.decode()


def test_the_api_lists_classes_page_by_page(reader):
    first = reader.get("/api/v1/categories?kind=part&limit=100").json()
    second = reader.get(f"/api/v1/categories?kind=part&limit=100&cursor={first['next']}").json()

    codes = [item["code"] for item in first["items"] + second["items"]]
    assert len(set(codes)) == 153
    assert second["next"] is None


def test_the_api_answers_a_class_with_its_standards(reader):
    with translation.override("en"):
        answer = reader.get("/api/v1/categories/part/0101?on=2020-05-01").json()

    assert answer["name_zh"] == "上水井盖"
    assert answer["standards"][0]["limit_type"] == "urgent_hour"
    assert answer["standards"][0]["certainty"] == "found"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/categories/part/99999", 404),
        ("/api/v1/categories/thing/01001", 422),
        ("/api/v1/categories/part/x", 422),
        ("/api/v1/categories?limit=0", 422),
        ("/api/v1/categories?cursor=@@@", 422),
        ("/api/v1/categories?on=yesterday", 422),
        ("/api/v1/categories?q=%00", 422),
    ],
)
def test_the_api_refuses_what_it_cannot_use(reader, address, status):
    answer = reader.get(address)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_the_api_refuses_who_may_not(client):
    assert client.get("/api/v1/categories").status_code == 401
    client.force_login(_person("citizen"))
    assert client.get("/api/v1/categories").status_code == 403
