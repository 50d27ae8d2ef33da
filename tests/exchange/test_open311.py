"""Open311 GeoReport v2: what a program of others asks and brings, and how it is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from tests.town import INSIDE, Town
from wanmi.cases.models import Case
from wanmi.exchange import actions as exchange
from wanmi.exchange.models import ClientKey
from wanmi.intake import actions as intake
from wanmi.intake.models import Contact

BASE = "/open311/v2"
ENGLISH = {"Accept-Language": "en"}


def ask(path: str, **given: str) -> Any:
    return Client(headers=ENGLISH).get(f"{BASE}/{path}", given)


def post(key: str, form: str = "json", **given: str) -> Any:
    sent = {"service_code": "event-06001", "lat": INSIDE[1], "long": INSIDE[0], **given}
    if key:
        sent["api_key"] = key
    return Client(headers=ENGLISH).post(f"{BASE}/requests.{form}", sent)


def brought(key: str, **given: str) -> str:
    answer = post(key, **({"description": "路口有垃圾"} | given))
    assert answer.status_code == 200, answer.content
    return str(answer.json()[0]["service_request_id"])


def test_discovery_names_this_door(town: Town) -> None:
    body = ask("discovery.json").json()

    assert body["endpoints"][0]["url"].endswith(BASE)
    assert body["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert ask("discovery.xml").content.startswith(b"<?xml")


def test_services_are_the_classes_in_force(town: Town) -> None:
    (service,) = ask("services.json").json()

    assert service["service_code"] == "event-06001"
    assert service["service_name"] == "Exposed garbage"
    assert service["type"] == "realtime"
    root = ElementTree.fromstring(ask("services.xml").content)
    assert (root.tag, root[0].tag) == ("services", "service")
    assert root[0].findtext("metadata") == "true"


def test_a_service_says_what_is_asked_about_it(town: Town) -> None:
    body = ask("services/event-06001.json").json()

    (attribute,) = body["attributes"]
    assert (attribute["code"], attribute["datatype"]) == ("condition", "singlevaluelist")
    assert attribute["values"] == [{"key": "1", "name": "Garbage lies open"}]
    root = ElementTree.fromstring(ask("services/event-06001.xml").content)
    assert root.tag == "service_definition"
    assert root.findtext("attributes/attribute/values/value/name") == "Garbage lies open"


def test_a_request_is_a_case_at_once_and_can_be_followed(town: Town, key: str) -> None:
    code = brought(key, email="wang@example.com", first_name="Fang", last_name="Wang")

    case = Case.objects.get()
    contact = Contact.objects.select_related("sender").get()
    assert case.tracking_code == contact.tracking_code == code
    assert (case.kind, case.category_code, case.is_located) == ("event", "06001", True)
    assert contact.said_by is not None
    assert (contact.said_by.name, contact.said_by.email) == ("Fang Wang", "wang@example.com")
    (told,) = ask(f"requests/{code}.json").json()
    assert (told["status"], told["service_code"]) == ("open", "event-06001")
    assert (told["lat"], told["long"]) == (INSIDE[1], INSIDE[0])


def test_an_answer_in_xml_has_the_standard_s_names(town: Town, key: str) -> None:
    root = ElementTree.fromstring(post(key, "xml", description="路口有垃圾").content)

    assert (root.tag, root[0].tag) == ("service_requests", "request")
    code = root.findtext("request/service_request_id")
    told = ElementTree.fromstring(ask(f"requests/{code}.xml").content)
    assert told.findtext("request/status") == "open"
    token = ElementTree.fromstring(ask(f"tokens/{code}.xml").content)
    assert token.findtext("request/service_request_id") == code


def test_what_was_chosen_stands_in_the_words(town: Town, key: str) -> None:
    brought(key, **{"attribute[condition]": "1", "media_url": "https://pictures.example/1.jpg"})

    words = Case.objects.get().description
    assert words == "路口有垃圾\n有暴露垃圾\nPicture elsewhere: https://pictures.example/1.jpg"


def test_an_address_alone_is_taken_and_lies_nowhere_yet(town: Town, key: str) -> None:
    brought(key, lat="", long="", address_string="桥头路 12 号")

    case = Case.objects.get()
    assert (case.is_located, case.address) == (False, "桥头路 12 号")


def test_requests_are_listed_without_personal_data(town: Town, key: str) -> None:
    brought(key, description="请回电 13812345678", email="wang@example.com")

    text = ask("requests.json").content.decode()
    assert "138****5678" in text
    assert "wang@example.com" not in text
    assert "13812345678" not in text


def test_what_nobody_agreed_to_publish_is_not_listed(town: Town, key: str) -> None:
    contact = intake.receive("open311", "私下说", details=intake.CaseDetails("event", "06001"))

    assert ask("requests.json").json() == []
    assert len(ask(f"requests/{contact.tracking_code}.json").json()) == 1


def test_the_list_is_narrowed_by_everything_the_standard_names(town: Town, key: str) -> None:
    code = brought(key)
    now = datetime.now(UTC)
    before, after = (now + timedelta(days=days) for days in (-2, 1))
    west, south = INSIDE[0] - 0.001, INSIDE[1] - 0.001
    fits = [
        {"service_request_id": f"{code},NOBODY"},
        {"service_code": "event-06001,part-01001"},
        {"status": "open"},
        {"status": "open,closed"},
        {"start_date": before.isoformat(), "end_date": after.isoformat()},
        {"start_date": before.strftime("%Y-%m-%dT%H:%M:%SZ")},
        {"bbox": f"{west},{south},{west + 0.01},{south + 0.01}"},
        {"page": "1", "page_size": "10"},
    ]
    misses = [
        {"service_code": "part-01001"},
        {"status": "closed"},
        {"end_date": before.isoformat()},
        {"bbox": f"{west - 1},{south},{west - 0.9},{south + 0.01}"},
        {"page": "2", "page_size": "10"},
    ]

    assert [len(ask("requests.json", **given).json()) for given in fits] == [1] * len(fits)
    assert [len(ask("requests.json", **given).json()) for given in misses] == [0] * len(misses)


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"service_code": "event-99999"}, 404, "event-99999"),
        ({"service_code": "\x00"}, 404, "service_code"),
        ({"service_code": "event-\x00"}, 404, "service_code"),
        ({"lat": "", "long": ""}, 400, "lat and long"),
        ({"lat": "30"} | {"long": ""}, 400, "together"),
        ({"lat": "north"}, 400, "lat must be a number"),
        ({"lat": "120.0", "long": "30.0"}, 400, "lat must be a number"),
        ({"lat": "nan"}, 400, "lat must be a number"),
        ({"description": "x" * 5000}, 400, "4000"),
        ({"description": "a\x00b"}, 400, "cannot be stored"),
        ({"attribute[colour]": "red"}, 400, "attribute colour"),
        ({"attribute[condition]": "7"}, 400, "attribute condition"),
        ({"jurisdiction_id": "elsewhere.example"}, 404, "jurisdiction_id"),
    ],
)
@override_settings(OPEN311_JURISDICTION="town.example")
def test_what_cannot_be_used_is_refused_in_the_standard_s_form(
    town: Town, key: str, given: dict[str, str], status: int, words: str
) -> None:
    answer = post(key, **({"description": "路口有垃圾"} | given))

    assert answer.status_code == status
    (error,) = answer.json()
    assert error["code"] == status
    assert words in error["description"]
    assert not Case.objects.exists()


def test_an_error_in_xml(town: Town) -> None:
    root = ElementTree.fromstring(post("", "xml").content)

    assert root.tag == "errors"
    assert root.findtext("error/code") == "403"


@pytest.mark.parametrize("wrong", ["", "not-a-key", "\x00"])
def test_without_a_good_key_nothing_is_brought(town: Town, wrong: str) -> None:
    assert post(wrong, description="x").status_code == 403


def test_a_key_taken_back_opens_nothing(town: Town, key: str) -> None:
    exchange.revoke_key(ClientKey.objects.get(), by=town.admin)

    assert post(key, description="x").status_code == 403


def test_the_same_request_repeated_with_its_key_is_one_case(town: Town, key: str) -> None:
    sent = {"service_code": "event-06001", "lat": INSIDE[1], "long": INSIDE[0], "api_key": key}
    client = Client(headers={"Idempotency-Key": "once"})
    first, again = (client.post(f"{BASE}/requests.json", sent).json() for _ in range(2))

    assert first == again
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"status": "sleeping"},
        {"start_date": "yesterday"},
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-12-31T00:00:00Z"},
        {"bbox": "1,2,3"},
        {"bbox": "nan,0,1,1"},
        {"page": "0"},
        {"page_size": "5000"},
    ],
)
def test_a_list_asked_for_wrongly_is_refused(town: Town, given: dict[str, str]) -> None:
    assert ask("requests.json", **given).status_code == 400


@pytest.mark.parametrize("code", ["NOBODY", "%00", "x" * 300])
def test_an_unknown_request_is_not_found(town: Town, code: str) -> None:
    assert ask(f"requests/{code}.json").status_code == 404


def test_only_keepers_see_and_give_keys(town: Town) -> None:
    for person, status in ((town.acceptor, 403), (town.admin, 200)):
        client = Client(headers={"Accept-Language": "zh-hans"})
        client.force_login(person)
        assert client.get("/exchange/keys").status_code == status

    page = client.post("/exchange/keys", {"name": "市民 App", "contact": "a@example.com"})
    assert page.status_code == 200
    row = ClientKey.objects.get()
    assert row.digest not in page.content.decode()
    assert client.post("/exchange/keys", {"name": "市民 App"}).status_code == 409
    assert client.post(f"/exchange/keys/{row.pk}/revoke").status_code == 302
