"""GeoJSON, GeoPackage and Shapefile: features with their number, shapes two-dimensional.

GeoJSON is read by ourselves: one broken feature must be named, not dropped silently.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pyogrio
import shapely
from pyogrio.errors import DataSourceError, FeatureError, FieldError

from wanmi.kernel.errors import Invalid, Phrase
from wanmi.kernel.imports.files import Raw, Source

# Any: parsed JSON, numpy arrays and Shapely geometries.
_URN = re.compile(r"urn:ogc:def:crs:(EPSG|OGC):[^:]*:(\w+)", re.IGNORECASE)


class UnreadableShape(Invalid):
    """The shape of this feature cannot be read; it is broken or not a GeoJSON geometry."""

    code = "unreadable_shape"


def read_geojson(source: Source) -> Iterator[Raw]:
    """Yield the features of a GeoJSON file; degrees WGS-84 unless declared otherwise."""
    document = _parsed(source)
    if document.get("type") == "Feature":
        document = {"features": [document]}
    listed = document.get("features")
    if not isinstance(listed, list):
        raise source.unreadable(Phrase("it is not a GeoJSON FeatureCollection"))
    system = source.coordinates or _declared(document) or "wgs84"
    for number, feature in enumerate(listed, start=1):
        yield _feature(number, feature, system)


def read_layer(source: Source) -> Iterator[Raw]:
    """Yield the features of a layer; its own coordinate system unless declared otherwise."""
    options = {"layer": source.layer} if source.layer else {}
    if source.encoding:
        options["encoding"] = source.encoding
    try:
        about, _, shapes, columns = pyogrio.raw.read(source.path, force_2d=True, **options)
    except (DataSourceError, FeatureError, FieldError, ValueError, RuntimeError) as error:
        raise source.unreadable(error) from error
    system = source.coordinates or about["crs"]
    if not system:
        raise source.unreadable(Phrase("it does not say its coordinate system; declare it"))
    names = [str(name) for name in about["fields"]]
    for index in range(_length(shapes, columns)):
        values = {n: _plain(c[index]) for n, c in zip(names, columns, strict=True)}
        yield _with_shape(index + 1, values, shapes[index] if shapes is not None else None, system)


def _parsed(source: Source) -> dict[str, Any]:
    try:
        text = source.path.read_text(source.encoding or "utf-8-sig")
        document = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise source.unreadable(error) from error
    if not isinstance(document, dict):
        raise source.unreadable(Phrase("it is not a GeoJSON FeatureCollection"))
    return document


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number JSON knows")


def _declared(document: dict[str, Any]) -> str:
    """Return the system of an old-style ``crs`` member; newer files do not have one."""
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    found = _URN.fullmatch(name)
    if found is None:
        return name
    return "wgs84" if found[2].upper() == "CRS84" else f"EPSG:{found[2]}"


def _feature(number: int, feature: Any, system: str) -> Raw:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return Raw(number, problem=UnreadableShape("This is not a GeoJSON feature."))
    values = dict(feature.get("properties") or {})
    if "id" in feature:
        values.setdefault("id", feature["id"])
    geometry = feature.get("geometry")
    if geometry is None:
        return Raw(number, values, None, system)
    shape = shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    if shape is None:
        return Raw(number, values, problem=UnreadableShape())
    return Raw(number, values, shapely.force_2d(shape), system)


def _with_shape(number: int, values: dict[str, Any], wkb: bytes | None, system: str) -> Raw:
    if wkb is None:
        return Raw(number, values, None, system)
    shape = shapely.from_wkb(wkb, on_invalid="ignore")
    problem = UnreadableShape() if shape is None else None
    return Raw(number, values, shape, system, problem)


def _length(shapes: Any, columns: Any) -> int:
    if shapes is not None:
        return len(shapes)
    return len(columns[0]) if columns else 0


def _plain(value: Any) -> Any:
    """Turn numpy scalars into Python ones; missing numbers and moments become None."""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, float) and plain != plain:  # NaN, the only value unlike itself
        return None
    return plain
