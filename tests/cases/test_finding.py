"""The one search box finds cases, areas, people and, written down, by who reported them."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.town import INSIDE, STEP, WEST, Town
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.catalogue import queries as catalogue
from wanmi.catalogue.actions import editions
from wanmi.geography import actions as geography
from wanmi.geography.models import Place
from wanmi.intake import actions as intake
from wanmi.journal.models import JournalEntry
from wanmi.registers import actions as registers
from wanmi.surveys import actions as surveys
from wanmi.surveys.models import Survey

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12
HTMX = {"HX-Request": "true"}


def browser(town: Town, role: str) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(town.people[role])
    return client


def reported(town: Town, text: str = "东湖路路灯不亮", **more: Any) -> Case:
    lon, lat = more.pop("at_point", INSIDE)
    given = {"kind": "event", "category": "06001", "by": town.supervisor} | more
    return cases.report(text, lon=lon, lat=lat, **given)


def page(client: Client, q: str) -> str:
    return client.get("/search", {"q": q}).content.decode()


def suggested(client: Client, q: str) -> str:
    return client.get("/search", {"q": q}, headers=HTMX).content.decode()


def test_a_case_is_found_by_number_tail_and_words(town: Town) -> None:
    case = reported(town)

    for q in (case.number, case.number[:9], case.number[-4:], "路灯", "东湖路"):
        assert f"/cases/{case.number}" in page(browser(town, "acceptor"), q), q


def test_a_case_elsewhere_is_not_found(town: Town) -> None:
    other_street = WEST + 0.01 + STEP / 2
    case = reported(town, at_point=(other_street, INSIDE[1]))

    assert case.number in page(browser(town, "acceptor"), "路灯")
    assert case.number not in page(browser(town, "street"), "路灯")


def test_suggestions_cost_few_statements(town: Town) -> None:
    case = reported(town)
    client = browser(town, "acceptor")
    suggested(client, "路灯")
    for q in ("路灯", case.number, "桥头"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = suggested(client, q)
        assert 'role="option"' in answer
        assert len(asked) <= MOST_STATEMENTS, [each["sql"][:90] for each in asked]


def test_an_area_leads_to_its_cases(town: Town) -> None:
    assert "area=99%2F9901%2F990101%2F990101001%2F" in page(browser(town, "acceptor"), "桥头")


def test_people_are_found_by_name_and_by_what_they_handle(town: Town) -> None:
    case = reported(town)
    Case.objects.filter(pk=case.pk).update(handler=town.handler)

    answer = page(browser(town, "acceptor"), town.handler.name_zh)

    assert f"/organisation/people/{town.handler.username}" in answer
    assert f"/cases/{case.number}" in answer


class TestPlaces:
    @pytest.fixture
    def road(self, town: Town) -> Place:
        lon, lat = INSIDE
        kinds = geography.NewPlace("R1", "street_lane", "柳荫街", "Liuyin Street", lon, lat)
        plate = geography.NewPlace(
            "D12", "door_plate", "柳荫街12号", lon=lon, lat=lat, parent_code="R1", number="12"
        )
        geography.enter_places([kinds, plate])
        return Place.objects.get(code="R1")

    def test_a_road_leads_to_its_surroundings_on_the_map(self, town: Town, road: Place) -> None:
        client = browser(town, "acceptor")
        address = f"/cases?{urlencode({'area': road.area_path})}"[:40]

        assert address in page(client, "柳荫").replace("&amp;", "&")
        assert f"at={INSIDE[0]:.6f}%2C{INSIDE[1]:.6f}" in suggested(client, "Liuyin")
        shown = client.get("/cases", {"at": f"{INSIDE[0]},{INSIDE[1]}"}).content.decode()
        assert f'mark="{INSIDE[0]:.6f},{INSIDE[1]:.6f}"' in shown

    def test_a_door_plate_is_found_by_road_and_number(self, town: Town, road: Place) -> None:
        assert "柳荫街12号" in page(browser(town, "acceptor"), "桥头街道柳荫街12号")

    def test_places_elsewhere_are_not_found(self, town: Town, road: Place) -> None:
        Place.objects.update(area_path="99/9902/")

        assert "at=" not in page(browser(town, "acceptor"), "柳荫")

    @pytest.mark.parametrize("at", ["x,1", "1", "nan,nan", "200,1", "1,1,1"])
    def test_what_is_no_place_marks_nothing(self, town: Town, at: str) -> None:
        answer = browser(town, "acceptor").get("/cases", {"at": at})

        assert answer.status_code == 200
        assert "mark=" not in answer.content.decode()


class TestReporters:
    @pytest.fixture
    def case(self, town: Town) -> Case:
        reporter = cases.Reporter(name="周小梅", phone="13800004321")
        return reported(town, source="hotline", reporter=reporter)

    @pytest.mark.parametrize("q", ["周小梅", "4321", "138 0000 4321"])
    def test_who_may_see_reporters_finds_their_cases_and_is_written_down(
        self, town: Town, case: Case, q: str
    ) -> None:
        answer = browser(town, "acceptor").post("/search", {"q": q}).content.decode()

        assert "上报人的案件" in answer
        assert f"/cases/{case.number}" in answer
        kinds = [row.kind for row in JournalEntry.objects.order_by("-pk")[:2]]
        assert kinds == ["cases.ReporterRead", "cases.ReportersSearched"]

    def test_reading_a_page_or_suggestions_finds_no_reporter(self, town: Town, case: Case) -> None:
        before = JournalEntry.objects.count()
        client = browser(town, "acceptor")

        assert case.number not in page(client, "周小梅") + suggested(client, "周小梅")
        assert JournalEntry.objects.count() == before

    @pytest.mark.parametrize("role", ["handler", "street", "supervisor"])
    def test_others_find_none(self, town: Town, case: Case, role: str) -> None:
        answer = browser(town, role).post("/search", {"q": "周小梅"}).content.decode()

        assert f"/cases/{case.number}" not in answer
        assert not JournalEntry.objects.filter(kind="cases.ReporterRead").exists()

    def test_part_of_a_name_or_three_digits_find_nobody(self, town: Town, case: Case) -> None:
        for q in ("小梅", "321", "0004321x"):
            answer = browser(town, "acceptor").post("/search", {"q": q}).content.decode()
            assert f"/cases/{case.number}" not in answer, q


class TestOtherRooms:
    def test_messages_are_found_by_number_and_code_by_who_may_see_them(self, town: Town) -> None:
        row = intake.receive("letter", "能否摆放花盆？", place=intake.Place(*INSIDE))

        for q in (row.number, row.number[:8], row.tracking_code.lower()):
            assert f"/contacts/{row.number}" in page(browser(town, "acceptor"), q), q
        assert f"/contacts/{row.number}" not in page(browser(town, "handler"), row.number)

    def test_parts_are_found_by_the_beginning_of_their_identifier(self, town: Town) -> None:
        edition = catalogue.edition_on(date(2026, 11, 16))
        lamp = editions.enter_extension(
            edition, "part", "01", name_zh="路灯", name_en="Lamp", valid_from=edition.valid_from
        )
        part = registers.enter_part(registers.NewPart(lamp, *INSIDE))

        assert f"/parts/{part.identifier}" in page(browser(town, "acceptor"), part.identifier[:8])
        assert f"/parts/{part.identifier}" not in page(browser(town, "acceptor"), "990")
        for tail in (part.identifier[-4:], part.identifier[-6:]):
            assert f"/parts/{part.identifier}" in page(browser(town, "acceptor"), tail), tail
        assert f"/parts/{part.identifier}" not in page(browser(town, "acceptor"), "9999")

    def test_surveys_are_found_by_title(self, town: Town) -> None:
        day = timezone.localdate() + timedelta(days=3)
        given = {"category": "event/06001", "area": "990101001", "ends_on": day}
        surveys.order("垃圾普查", **given, by=town.duty_leader)
        Survey.objects.update(number="ZX2026001")

        assert "/surveys/ZX2026001" in page(browser(town, "acceptor"), "垃圾普")
