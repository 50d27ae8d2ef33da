"""Promises of the base map: valid tiles, quiet style, never half a file."""

from datetime import UTC, datetime

import mapbox_vector_tile
import pytest
import shapely
from django.test import Client

from wanmi.demo.basemap import features
from wanmi.demo.plan.drawing import draw
from wanmi.geography import actions as geography
from wanmi.geography.basemap import store, tiles
from wanmi.geography.basemap.style import DARK, LIGHT, style

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
# The tile of zoom 14 that holds the middle of the demo city, 110° E 30° N.
MIDDLE = (14, 13198, 6759)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    path = tmp_path_factory.mktemp("basemap") / "basemap.sqlite3"
    store.write(path, features(draw(1, "small")), about={"lon": "110", "lat": "30"})
    return path


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def test_a_tile_of_the_city_holds_its_roads_water_and_buildings(drawn):
    data = mapbox_vector_tile.decode(tiles.tile(drawn, *MIDDLE))

    assert {"road", "building", "ground"} <= set(data)
    road = data["road"]["features"][0]["properties"]
    assert road["name_zh"]
    assert road["name_en"]


def test_less_is_drawn_from_further_away(drawn):
    near = mapbox_vector_tile.decode(tiles.tile(drawn, *MIDDLE))
    far = mapbox_vector_tile.decode(tiles.tile(drawn, 9, MIDDLE[1] >> 5, MIDDLE[2] >> 5))

    kinds = {feature["properties"]["kind"] for feature in far["road"]["features"]}
    assert "building" not in far
    assert "local" not in kinds
    assert "building" in near


@pytest.mark.parametrize("zoom", [4, 8, 11, 13, 15, 16])
def test_every_shape_of_a_tile_is_valid_and_within_its_margin(drawn, zoom):
    x, y = int((110 / 360 + 0.5) * 2**zoom), int(MIDDLE[2] * 2.0 ** (zoom - 14))
    data = mapbox_vector_tile.decode(tiles.tile(drawn, zoom, x, y))

    for layer in data.values():
        for feature in layer["features"]:
            shape = shapely.geometry.shape(feature["geometry"])
            west, south, east, north = shape.bounds
            assert min(west, south) >= -100
            assert max(east, north) <= 4196


def test_a_drawn_tile_is_kept(drawn):
    first = tiles.tile(drawn, *MIDDLE)

    assert store.kept_tile(drawn, *MIDDLE) == first


@pytest.mark.parametrize("address", [(17, 0, 0), (3, 8, 0), (3, 0, 8), (14, 0, 0)])
def test_an_address_outside_the_map_is_empty(drawn, address):
    assert tiles.tile(drawn, *address) == b""


def test_a_new_map_replaces_the_old_one_at_once(tmp_path):
    path = tmp_path / "basemap.sqlite3"
    one = store.Feature("ground", 0, 20, {"kind": "park"}, shapely.box(109.9, 29.9, 110.1, 30.1))
    other = store.Feature("ground", 0, 20, {"kind": "water"}, shapely.box(109.9, 29.9, 110.1, 30.1))

    store.write(path, [one], about={})
    before = tiles.tile(path, 10, 824, 422)
    store.write(path, [other], about={})
    after = tiles.tile(path, 10, 824, 422)

    assert b"park" in before
    assert b"water" in after
    assert list(tmp_path.iterdir()) == [path]


def test_the_style_answers_in_the_language_and_theme_of_the_reader(home):
    geography.keep_basemap(features(draw(1, "small")), centre=(110.0, 30.0), zoom=14, at=MORNING)
    client = Client()

    light = client.get("/basemap/style.json", headers={"accept-language": "en"}).json()
    dark = client.get("/basemap/style.json?theme=dark").json()

    assert light["center"] == [110.0, 30.0]
    assert light["layers"][0]["paint"]["background-color"] == LIGHT["ground"]
    assert dark["layers"][0]["paint"]["background-color"] == DARK["ground"]
    assert "name_en" in str(light)
    assert "name_zh" in str(dark)


def test_tiles_come_over_http(home):
    geography.keep_basemap(features(draw(1, "small")), centre=(110.0, 30.0), zoom=14, at=MORNING)

    found = Client().get("/basemap/14/13198/6759.mvt")
    nothing = Client().get("/basemap/14/0/0.mvt")

    assert found.status_code == 200
    assert found["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert nothing.status_code == 204


def test_a_city_without_a_base_map_has_a_blank_ground(home):
    assert Client().get("/basemap/style.json").status_code == 204
    assert Client().get("/basemap/14/13198/6759.mvt").status_code == 404


def luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("text", ["text", "quiet", "water_text"])
def test_labels_are_legible_on_every_ground(colours, text):
    for ground in ("ground", "town", "halo"):
        low, high = sorted((luminance(colours[text]), luminance(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.0, (text, ground)


def test_every_layer_of_the_style_has_its_own_name():
    made = style(tiles="/t", theme="light", language="en", centre=(0, 0), zoom=1)

    names = [layer["id"] for layer in made["layers"]]
    assert len(set(names)) == len(names)
