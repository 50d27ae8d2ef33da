"""The register in the browser: list, part, change, files; each inside the reader's area only."""

import csv
import io
import json

import openpyxl
import pytest

from wanmi.kernel.imports import Options, Source, loader
from wanmi.registers import actions as registers
from wanmi.registers import queries
from wanmi.registers.actions import NewPart, Panel, panels

from .conftest import SOUTH, STEP, WEST

BUDGET = 12


@pytest.fixture
def parts(lamp, cover):
    """Enter three lamps and a cover in the east, and a cover in the west."""
    east = (WEST + STEP / 2, SOUTH + STEP / 2)
    news = [NewPart(lamp, *east, owner_name="照明中心")] * 3 + [NewPart(cover, *east)]
    return registers.enter_parts([*news, NewPart(cover, WEST - STEP, SOUTH + STEP)])


@pytest.fixture
def sign_in(client, make_person):
    """Return a function that signs somebody with a role over an area in, reading English."""

    def sign_in(role="admin", area_path="99/9901/"):
        user = make_person(role, area_path)
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in


def change(client, part, **sent):
    values = {"version": part.version, "reason": "bent by a lorry"} | sent
    return client.post(f"/parts/{part.identifier}/change", values)


def test_the_list_shows_parts_beside_the_map(parts, sign_in):
    answer = sign_in().get("/parts")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("data-row=") == 5
    assert 'layers="areas grids duty_grids parts"' in page
    assert "symbols.svg#lamp" in page
    assert answer.context["page"].total == 5


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=street+light", 3),
        ("q=990102", 1),
        ("code=01", 5),
        ("code=02", 0),
        ("state=damaged", 0),
        ("state=nonsense", 5),
        ("area=99/9901/990102/", 1),
        ("q=%00", 5),
    ],
)
def test_the_list_is_narrowed(parts, sign_in, query, count):
    assert len(sign_in().get(f"/parts?{query}").context["page"].rows) == count


def test_a_reader_sees_their_own_area(parts, sign_in):
    client = sign_in("street", "99/9901/990102/")

    assert len(client.get("/parts").context["page"].rows) == 1
    assert client.get(f"/parts/{parts[0].identifier}").status_code == 404


def test_htmx_gets_the_list_or_the_drawer(parts, sign_in):
    client = sign_in()
    asked = {"HX-Request": "true"}

    rows = client.get("/parts?q=lamp", headers=asked).content.decode()
    drawer = client.get(f"/parts/{parts[0].identifier}", headers=asked).content.decode()

    assert "<html" not in rows
    assert "data-drawer-close" in drawer


@pytest.mark.parametrize("size", [5, 50])
def test_a_longer_list_costs_no_more_statements(
    parts, lamp, sign_in, django_assert_max_num_queries, size
):
    registers.enter_parts([NewPart(lamp, WEST + STEP / 2, SOUTH + STEP / 2)] * size)
    client = sign_in()

    with django_assert_max_num_queries(BUDGET):
        client.get("/parts")


def test_a_part_shows_its_facts_history_and_what_others_add(parts, sign_in):
    part = parts[0]
    registers.change_state(part, "damaged", reason="hit by a lorry")
    registers.offer_panel(Panel("test", "Cases here", lambda request, part: "two cases"))
    registers.offer_panel(Panel("empty", "Not shown", lambda request, part: ""))

    try:
        page = sign_in().get(f"/parts/{part.identifier}").content.decode()
    finally:
        for name in ("test", "empty"):
            del panels.panels._panels[name]

    assert "hit by a lorry" in page
    assert "State: Intact → Damaged" in page
    assert "two cases" in page
    assert "Not shown" not in page
    assert "Riverside" in page


def test_a_keeper_changes_a_part(parts, sign_in):
    client = sign_in()

    answer = change(client, parts[0], state="damaged", owner_name="市政局", lon="120.0015")

    row = queries.part(parts[0].identifier)
    assert answer.status_code == 200
    assert (row.state, row.owner_name, row.version) == ("damaged", "市政局", 3)
    assert "wanmi:toast" in answer["HX-Trigger"]
    assert {each.by.username for each in queries.history(row)} == {"admin-8"}


def test_a_change_of_the_point_moves_the_part(parts, sign_in):
    change(sign_in(), parts[0], lon=f"{WEST + STEP * 1.5:.6f}", lat=f"{SOUTH + STEP / 2:.6f}")

    assert queries.part(parts[0].identifier).grid_code == "990101001001002"


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"reason": ""}, 422, "Say why"),
        ({"note": "x", "version": 7}, 409, "Somebody else"),
        ({"note": "x", "version": "x"}, 422, "incomplete"),
        ({"state": "melted"}, 422, "melted"),
        ({"lon": "x", "lat": "1"}, 422, "are numbers"),
        ({"lon": "200", "lat": "1"}, 422, "finite"),
        ({"initial_date": "tomorrow"}, 422, "not a date"),
        ({"note": "a\x00b"}, 422, "cannot be stored"),
        ({"note": ""}, 422, "so already"),
    ],
)
def test_a_refused_change_is_told_in_the_form_and_changes_nothing(
    parts, sign_in, sent, status, told
):
    answer = change(
        sign_in(), parts[0], **({"state": "damaged"} | sent if "reason" in sent else sent)
    )

    assert answer.status_code == status
    assert told in answer.content.decode()
    assert queries.part(parts[0].identifier).version == 1


def test_only_a_keeper_of_the_area_changes_parts(parts, sign_in, make_person, client):
    assert change(sign_in("officer"), parts[0], state="lost").status_code == 403
    westerner = make_person("admin", "99/9901/990102/")
    client.force_login(westerner)
    assert change(client, parts[0], state="lost").status_code == 404
    assert queries.part(parts[0].identifier).state == "intact"


@pytest.mark.parametrize("address", ["/parts", "/parts/export", "/parts/99010101037000001"])
def test_the_register_is_not_for_everybody(parts, client, sign_in, address):
    assert client.get(address).status_code == 302
    assert sign_in("citizen").get(address).status_code == 403


def test_a_csv_comes_back_as_it_went(parts, sign_in, tmp_path):
    answer = sign_in().get("/parts/export?format=csv&code=01037")

    body = b"".join(answer.streaming_content)
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert [row["identifier"] for row in rows] == [part.identifier for part in parts[:3]]
    assert "attachment" in answer["Content-Disposition"]
    path = tmp_path / "back.csv"
    path.write_bytes(body)
    report = loader("parts")(Source(path), Options())
    assert (report.accepted, report.unchanged, report.rejected) == (0, 3, [])


def test_a_chinese_file_is_understood_too(parts, sign_in, tmp_path):
    client = sign_in()
    client.cookies["django_language"] = "zh-hans"
    path = tmp_path / "back.csv"
    path.write_bytes(b"".join(client.get("/parts/export?format=csv").streaming_content))

    assert "标识码" in path.read_text("utf-8-sig")
    assert loader("parts")(Source(path), Options()).unchanged == 5


def test_a_sheet_and_a_layer_hold_the_same_parts(parts, sign_in):
    client = sign_in()

    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/parts/export?format=xlsx").content))
    layer = json.loads(b"".join(client.get("/parts/export?format=geojson").streaming_content))

    assert sheet.active.max_row == 6
    assert [f["properties"]["identifier"] for f in layer["features"]] == sorted(
        part.identifier for part in parts
    )
    assert layer["features"][0]["geometry"]["type"] == "Point"


def test_a_file_holds_the_readers_area_only_and_known_formats_only(parts, sign_in):
    client = sign_in("street", "99/9901/990102/")

    layer = json.loads(b"".join(client.get("/parts/export?format=geojson").streaming_content))
    assert len(layer["features"]) == 1
    assert client.get("/parts/export?format=exe").status_code == 422


class TestNewPart:
    POINT = {"lon": str(WEST + STEP / 2), "lat": str(SOUTH + STEP / 2)}

    def add(self, client, **sent):
        return client.post("/parts/new", {"category": "01037", **self.POINT, **sent})

    def test_it_gets_the_next_number_of_its_class_where_it_stands(self, parts, sign_in):
        answer = self.add(sign_in(), owner_name="照明中心")

        assert answer["Location"] == "/parts/99010101037000004"
        part = queries.part("99010101037000004")
        assert (part.grid_code, part.owner_name) == ("990101001001001", "照明中心")

    def test_a_given_identifier_must_follow_the_rule_of_the_edition(self, parts, sign_in):
        client = sign_in()

        wrong = self.add(client, identifier="9901010137000077", name_zh="长明灯")

        assert wrong.status_code == 422
        assert "is no identifier of class 01037" in wrong.content.decode()
        assert "长明灯" in wrong.content.decode()
        assert self.add(client, identifier="99010101037000077").status_code == 302

    def test_a_number_that_is_taken_is_refused(self, parts, sign_in):
        answer = self.add(sign_in(), identifier=parts[0].identifier)

        assert answer.status_code == 409

    @pytest.mark.parametrize(
        "bad", [{"category": ""}, {"lon": ""}, {"lat": "north"}, {"lon": "NaN"}, {"state": "x"}]
    )
    def test_what_is_missing_or_wrong_is_said_and_nothing_entered(self, parts, sign_in, bad):
        before = queries.search().count()

        assert self.add(sign_in(), **bad).status_code == 422
        assert queries.search().count() == before

    def test_the_next_one_begins_with_the_same_class(self, parts, sign_in):
        client = sign_in()

        answer = self.add(client, another="1")

        assert answer["Location"] == "/parts/new?category=01037&done=99010101037000004"
        assert "is in the register" in client.get(answer["Location"]).content.decode()

    def test_nothing_is_entered_outside_ones_own_area(self, parts, sign_in):
        before = queries.search().count()

        assert self.add(sign_in("admin", "99/9901/990102/")).status_code == 403
        assert queries.search().count() == before

    def test_who_may_only_look_gets_no_form(self, parts, sign_in):
        client = sign_in("handler")

        assert client.get("/parts/new").status_code == 403
        assert "/parts/new" not in client.get("/parts").content.decode()
