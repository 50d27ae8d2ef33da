"""Pages for administrators: versions, drawing, forms and tables."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.kernel.tables import table
from tests.town import Town
from tests.workflow.drawings import FORMS, STANDARD, with_photo_review
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries

BASE = "/procedures/standard_case"


@pytest.fixture
def client(town: Town) -> Client:
    signed_in = Client(headers={"accept-language": "en"})
    signed_in.force_login(town.admin)
    return signed_in


def send(client: Client, url: str, **given: Any) -> Any:
    return client.post(url, given, content_type="application/json")


@pytest.mark.parametrize(
    "url",
    [
        "/procedures",
        f"{BASE}/1",
        f"{BASE}/edit",
        f"{BASE}/forms/check",
        f"{BASE}/1/move",
        "/decisions/limits",
    ],
)
def test_every_page_opens(url: str, client: Client) -> None:
    assert client.get(url).status_code == 200


def test_a_draft_is_checked_saved_compared_and_published(client: Client) -> None:
    drawing = with_photo_review()

    checked = send(client, f"{BASE}/check", drawing=drawing).json()["findings"]
    saved = send(client, f"{BASE}/draft", drawing=drawing, seen=0)
    late = send(client, f"{BASE}/draft", drawing=drawing, seen=0)
    compared = client.get(f"{BASE}/publish").content.decode()
    published = client.post(f"{BASE}/publish")

    assert [each for each in checked if each["severity"] == "error"] == []
    assert (saved.json()["seen"], late.status_code) == (1, 409)
    assert "Step “照片审核” is new; the role dispatcher does it." in compared
    assert published.headers["Location"] == f"{BASE}/2"
    assert "照片审核" in client.get(f"{BASE}/2").content.decode()
    assert client.post(f"{BASE}/1/restore").headers["Location"] == f"{BASE}/3"


def test_a_wrong_draft_is_explained_and_not_published(client: Client) -> None:
    broken = STANDARD.replace('role="acceptor"', 'role="king"')
    send(client, f"{BASE}/draft", drawing=broken, seen=0)

    page = client.get(f"{BASE}/publish").content.decode()

    assert "is given to the role king, which does not exist" in page
    assert client.post(f"{BASE}/publish").status_code == 422
    assert client.post(f"{BASE}/discard").headers["Location"] == f"{BASE}/1"
    assert queries.draft("standard_case") is None


def test_a_path_is_simulated(client: Client) -> None:
    path = [["accept", "submit"]]
    data = {"needs_verification": False}

    answer = send(client, f"{BASE}/simulate", drawing=STANDARD, path=path, data=data).json()

    assert answer["waiting"][0]["step"] == "file"
    assert answer["questions"] == {"needs_verification": [False, True]}
    assert send(client, f"{BASE}/simulate", drawing=STANDARD, path=[["x", "y"]]).status_code == 422


def test_a_form_is_previewed_in_the_readers_language(client: Client) -> None:
    seen = send(client, f"{BASE}/forms/check/preview", schema=FORMS["check"]).content.decode()
    broken = send(client, f"{BASE}/forms/check/preview", schema={"type": "nothing"})

    assert "Photographs of the check" in seen
    assert broken.status_code == 422


def test_faults_of_a_table_stand_at_their_rows(client: Client) -> None:
    columns = [("kind", "string")], [("limit_value", "number"), ("limit_type", "string")]
    rows = [(['"part"'], ["1", '"work_day"']), (["-"], ["2", '"work_day"'])]
    source = table(*columns, rows)

    checked = send(client, "/decisions/limits/check", source=source, samples=[]).json()
    refused = send(client, "/decisions/limits/publish", source=source, samples=[])

    assert [each["row"] for each in checked["faults"]] == [1, 2]
    assert refused.status_code == 422
    assert "both match" in refused.json()["message"]


def test_only_the_page_of_a_table_relaxes_style_attributes(client: Client) -> None:
    policy = "Content-Security-Policy"

    assert "style-src-attr" not in client.get(f"{BASE}/edit").headers[policy]
    assert "style-src-attr 'unsafe-inline'" in client.get("/decisions/limits").headers[policy]


def test_samples_are_tried_one_by_one(client: Client) -> None:
    columns = [("kind", "string")], [("limit_value", "number")]
    source = table(*columns, [(['"part"'], ["1"])])
    samples = [
        {"given": {"kind": "part"}, "expected": {"limit_value": 1}},
        {"given": {"kind": "part"}, "expected": {"limit_value": 2}},
    ]

    tried = send(client, "/decisions/limits/check", source=source, samples=samples).json()

    assert [each["good"] for each in tried["samples"]] == [True, False]
    assert tried["gaps"] == [{"kind": 'not("part")'}]


def test_what_is_no_json_is_refused(client: Client) -> None:
    answer = client.post(f"{BASE}/check", "{", content_type="application/json")

    assert answer.status_code == 422


def test_publishing_through_the_page_is_what_a_new_case_gets(client: Client, town: Town) -> None:
    workflow.save_draft("standard_case", with_photo_review(), FORMS, seen=0, by=town.admin)
    client.post(f"{BASE}/publish")

    newest = queries.newest("standard_case")

    assert newest is not None
    assert newest.published_by == town.admin
