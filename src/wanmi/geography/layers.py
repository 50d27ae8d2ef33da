"""The map layers that are on offer: by name, whose they are to see, and what fills a tile."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from wanmi.kernel.cells import Tile
from wanmi.kernel.errors import NotFound

# From calm to worst; 0 is a point without a lamp.
LAMPS = ("", "in_time", "paused", "soon", "overdue")


class NoSuchLayer(NotFound):
    """There is no map layer called “%(name)s”."""

    code = "no_such_layer"


@dataclass(frozen=True)
class TileAsked:
    """One tile somebody asks for, with the areas (paths) whose content they may see."""

    tile: Tile
    paths: tuple[str, ...]
    at: datetime
    language: str


Source = Callable[[TileAsked], bytes]
Mark = Callable[[TileAsked], str]


@dataclass(frozen=True)
class Layer:
    """A layer of the map. `source` gives a tile's bytes, empty for nothing.

    `duty` is what a person must hold to see it, over the areas they see it in;
    empty means any post. `mark` names the state the tile is drawn from, so that
    an unchanged one need not be drawn again. A public layer is shown to anybody.
    """

    name: str
    duty: str
    source: Source
    mark: Mark | None = None
    is_public: bool = False


# Any: a QuerySet of rows of a room above, and database expressions over it.
Rows = Callable[[], "QuerySet[Any]"]
Rank = Callable[[datetime], Any]
Turned = Callable[[datetime, datetime], Iterable[int]]


def _no_rank(at: datetime) -> Any:
    from django.db.models import Value

    return Value(0)


@dataclass(frozen=True)
class PointLayer:
    """A layer of points: gathered with their worst lamp at low zoom, single at high zoom.

    `rows` gives rows with `lon`, `lat`, `cell` and `area_path`; `rank` the number
    of a point's lamp (see LAMPS) at a moment, as a database expression.
    `properties` name what a single point shows: property → field or expression.
    A kept layer's counts stand in a table and must be told of changes
    (`actions.recount_points`); `turned` gives the cells whose lamps changed only
    because time went by.
    """

    name: str
    duty: str
    rows: Rows
    properties: Mapping[str, Any] = field(default_factory=dict)
    rank: Rank = _no_rank
    is_kept: bool = False
    turned: Turned | None = None
    single_from: int = 17


_layers: dict[str, Layer] = {}
_point_layers: dict[str, PointLayer] = {}


def put(layer: Layer) -> None:
    """Take a layer into the offer; a later one of the same name replaces it."""
    _layers[layer.name] = layer


def put_points(layer: PointLayer, source: Source) -> None:
    """Take a layer of points into the offer."""
    _point_layers[layer.name] = layer
    put(Layer(layer.name, layer.duty, source))


def named(name: str) -> Layer:
    """Return the layer with a name, or refuse with NoSuchLayer."""
    if name not in _layers:
        raise NoSuchLayer(name=name)
    return _layers[name]


def points_named(name: str) -> PointLayer:
    """Return the layer of points with a name, or refuse with NoSuchLayer."""
    if name not in _point_layers:
        raise NoSuchLayer(name=name)
    return _point_layers[name]


def kept() -> list[PointLayer]:
    """Return the layers whose counts are kept."""
    return [layer for layer in _point_layers.values() if layer.is_kept]


def names() -> list[str]:
    """Return the names of all layers on offer."""
    return sorted(_layers)
