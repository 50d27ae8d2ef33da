"""The terminal's document, what it weighs, and who may open which panel."""

import gzip
import json
import re

import pytest
from django.test import Client

from tests.town import Town
from wanmi.field import assets
from wanmi.shell import terminal

SCRIPT_BYTES = 200_000
QUERIES = 12


@pytest.fixture
def supervisor(town: Town, client: Client) -> Client:
    client.force_login(town.supervisor)
    return client


def test_a_start_costs_less_than_200_kb_of_script() -> None:
    scripts = [path for path in assets.assets().start if path.endswith((".js", ".mjs"))]

    weight = sum(len(gzip.compress(assets.read(path) or b"")) for path in scripts)

    assert "shell/outbox.js" in scripts
    assert not any("maplibre" in path for path in scripts)
    assert weight < SCRIPT_BYTES


def test_everything_a_panel_needs_is_kept_for_times_without_a_connection(
    supervisor: Client,
) -> None:
    page = supervisor.get("/field/").content.decode()
    kept = json.loads(
        supervisor.get("/field/sw.js").content.decode().split("self.FIELD = ")[1].split(";\n")[0]
    )["assets"]

    named = set(re.findall(r'(?:src|href|data-script)="(/static/[^"#]+)"', page))

    assert "/static/field/app.js" in named
    assert named <= set(kept)
    assert "/static/vendor/maplibre-gl/maplibre-gl.mjs" in kept


def test_a_start_asks_few_questions(
    supervisor: Client, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(QUERIES):  # type: ignore[operator]
        assert supervisor.get("/field/").status_code == 200


def test_the_document_holds_what_its_reader_may_open(
    supervisor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "_panels", dict(terminal._panels))
    for key, duty in (("mine", "cases.report"), ("theirs", "people.edit")):
        terminal.offer_panel(terminal.Panel(key, key, "field/panels/more.html", duty=duty))

    page = supervisor.get("/field/").content.decode()

    assert 'data-panel="mine"' in page
    assert 'data-panel="theirs"' not in page


def test_the_phone_learns_who_is_signed_in(supervisor: Client, town: Town) -> None:
    said = supervisor.get("/field/session").json()

    assert said["user"]["id"] == town.supervisor.pk
    assert said["csrf"]
    assert said["version"] == assets.assets().version
    assert Client().get("/field/session").status_code == 401


def test_it_can_be_installed(client: Client) -> None:
    manifest = client.get("/field/manifest.webmanifest").json()

    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
