"""The base map's look: quiet and desaturated, labels legible, in light and in dark."""

from typing import TypeAlias

from wanmi.geography.basemap.tiles import HIGHEST_ZOOM

Layer: TypeAlias = dict[str, object]
Colours: TypeAlias = dict[str, str]

FONT = ["Noto Sans SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]
LIGHT: Colours = {
    "ground": "#eff1f3", "town": "#f4f5f6", "field": "#ebefe6", "wood": "#dfe8da",
    "park": "#d8e6d2", "green": "#e2ebdd", "square": "#ece7de", "water": "#c3d6e4",
    "building": "#e2e4e8", "public": "#dfe3ea", "road": "#ffffff", "casing": "#d5dae1",
    "trunk": "#f1e3c8", "bridge": "#aeb7c3", "border": "#8f7fae", "text": "#46515f",
    "quiet": "#5e6a79", "water_text": "#466a86", "halo": "#fbfcfd",
}  # fmt: skip
DARK: Colours = {
    "ground": "#12171d", "town": "#151b22", "field": "#151c1c", "wood": "#16211d",
    "park": "#18261f", "green": "#17221e", "square": "#23221f", "water": "#16293a",
    "building": "#1f2732", "public": "#222c39", "road": "#2b3542", "casing": "#0e1216",
    "trunk": "#4a4333", "bridge": "#0b0f13", "border": "#6d6191", "text": "#b6c1cf",
    "quiet": "#8694a5", "water_text": "#7ba3c2", "halo": "#12171d",
}  # fmt: skip

WIDTHS = {
    "trunk": (6, 1.2, 12, 3.0, 16, 15.0, 19, 74.0),
    "arterial": (8, 0.8, 12, 2.2, 16, 11.0, 19, 60.0),
    "secondary": (11, 0.7, 13, 1.8, 16, 7.5, 19, 40.0),
    "local": (13, 0.5, 15, 2.4, 16, 4.4, 19, 25.0),
}
"""Road widths in pixels at four zooms."""

BORDERS = {
    "district": (7, 1.6, [4, 2, 1, 2]),
    "street": (11, 1.1, [4, 3]),
    "community": (14, 0.8, [1, 3]),
}
"""First zoom, width and dash pattern of division borders."""

LABELS = {
    "city": (4, 11, 17),
    "district": (9, 14, 15),
    "street": (12, 15, 13),
    "community": (14, 17, 12),
}
"""First zoom, last zoom and size of division names."""


def style(
    *, tiles: str, theme: str, language: str, centre: tuple[float, float], zoom: float
) -> Layer:
    """Return a MapLibre style; ``tiles`` is the address pattern of the tiles."""
    colour = DARK if theme == "dark" else LIGHT
    name = "name_en" if language.startswith("en") else "name_zh"
    source = {"type": "vector", "tiles": [tiles], "minzoom": 4, "maxzoom": HIGHEST_ZOOM}
    return {
        "version": 8,
        "name": "wanmi",
        "center": list(centre),
        "zoom": zoom,
        "sources": {"base": source},
        "layers": [
            {"id": "base-ground", "type": "background",
             "paint": {"background-color": colour["ground"]}},
            *_surfaces(colour), *_roads(colour), *_borders(colour), *_labels(colour, name),
        ],
    }  # fmt: skip


def _surfaces(colour: Colours) -> list[Layer]:
    fills = [_fill("ground", kind, colour[kind]) for kind in ("field", "wood")]
    fills.append(_fill("ground", "town", colour["town"]))
    fills += [_fill("ground", kind, colour[kind]) for kind in ("green", "park", "square", "water")]
    shade = ["match", ["get", "kind"], ["school", "hospital", "office"], colour["public"]]
    building = _fill("building", None, [*shade, colour["building"]])
    return [*fills, building]


def _fill(layer: str, kind: str | None, colour: object) -> Layer:
    return {
        "id": f"base-{kind or layer}",
        "type": "fill",
        "source": "base",
        "source-layer": layer,
        "paint": {"fill-color": colour, "fill-antialias": True},
        **({"filter": ["==", ["get", "kind"], kind]} if kind else {}),
    }


def _roads(colour: Colours) -> list[Layer]:
    order = ("local", "secondary", "arterial", "trunk")
    casings = [_road(kind, colour["casing"], 1.5, "casing") for kind in order]
    bridges = [_road(kind, colour["bridge"], 3.0, "bridge") for kind in order[1:]]
    fill = {"trunk": colour["trunk"]}
    surfaces = [_road(kind, fill.get(kind, colour["road"]), 0.0, "road") for kind in order]
    return [*casings, *bridges, *surfaces]


def _road(kind: str, colour: str, wider: float, part: str) -> Layer:
    stops = list(WIDTHS[kind])
    stops[1::2] = [width + wider for width in stops[1::2]]
    return {
        "id": f"base-{part}-{kind}",
        "type": "line",
        "source": "base",
        "source-layer": "bridge" if part == "bridge" else "road",
        "filter": ["==", ["get", "kind"], kind],
        "layout": {"line-cap": "butt" if part == "bridge" else "round", "line-join": "round"},
        "paint": {
            "line-color": colour,
            "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], *stops],
        },
    }


def _borders(colour: Colours) -> list[Layer]:
    return [
        {
            "id": f"base-border-{kind}",
            "type": "line",
            "source": "base",
            "source-layer": "border",
            "minzoom": zoom,
            "filter": ["==", ["get", "kind"], kind],
            "paint": {
                "line-color": colour["border"],
                "line-width": width,
                "line-dasharray": dashes,
                "line-opacity": 0.6,
            },
        }
        for kind, (zoom, width, dashes) in BORDERS.items()
    ]


def _labels(colour: Colours, name: str) -> list[Layer]:
    water = _label("water", name, "ground", colour["water_text"], colour["halo"], size=13)
    water |= {"filter": ["==", ["get", "kind"], "water"]}
    park = _label("park", name, "ground", colour["quiet"], colour["halo"], size=12)
    park |= {"filter": ["==", ["get", "kind"], "park"], "minzoom": 13}
    road = _label("road", name, "road", colour["quiet"], colour["halo"], size=11)
    along = {"symbol-placement": "line", "symbol-spacing": 320, "text-max-angle": 35}
    road |= {"layout": {**_layout(name, 11), **along}, "minzoom": 13}
    poi = _label("poi", name, "place", colour["quiet"], colour["halo"], size=11)
    poi |= {"filter": ["==", ["get", "kind"], "poi"], "minzoom": 15}
    divisions = []
    for kind, (first, last, size) in LABELS.items():
        layer = _label(kind, name, "place", colour["text"], colour["halo"], size=size)
        divisions.append(
            layer | {"filter": ["==", ["get", "kind"], kind], "minzoom": first, "maxzoom": last}
        )
    return [road, poi, park, water, *reversed(divisions)]


def _label(kind: str, name: str, layer: str, text: str, halo: str, *, size: int) -> Layer:
    return {
        "id": f"base-name-{kind}",
        "type": "symbol",
        "source": "base",
        "source-layer": layer,
        "layout": _layout(name, size),
        "paint": {"text-color": text, "text-halo-color": halo, "text-halo-width": 1.4},
    }


def _layout(name: str, size: int) -> Layer:
    return {"text-field": ["get", name], "text-font": FONT, "text-size": size, "text-max-width": 8}
