"""Parts as files: CSV and XLSX with columns an import understands, GeoJSON with shapes."""

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import shapely
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, pgettext_lazy

from wanmi.kernel.errors import Invalid
from wanmi.kernel.exports import CSV_TYPE, XLSX_TYPE, csv_pieces, write_xlsx

from .models import Part

CHUNK = 2000
MOST_IN_SHEET: Final = 100_000
GEOJSON_TYPE = "application/geo+json"
# The English titles are the names an import knows, the Chinese ones are known to it, too.
TITLES: Final = {
    "identifier": pgettext_lazy("column", "identifier"),
    "category": pgettext_lazy("column", "category"),
    "name_zh": pgettext_lazy("column", "name_zh"),
    "name_en": pgettext_lazy("column", "name_en"),
    "state": pgettext_lazy("column", "state"),
    "department_code": pgettext_lazy("column", "department_code"),
    "department_name": pgettext_lazy("column", "department_name"),
    "owner_code": pgettext_lazy("column", "owner_code"),
    "owner_name": pgettext_lazy("column", "owner_name"),
    "maintainer_code": pgettext_lazy("column", "maintainer_code"),
    "maintainer_name": pgettext_lazy("column", "maintainer_name"),
    "grid_code": pgettext_lazy("column", "grid_code"),
    "initial_date": pgettext_lazy("column", "initial_date"),
    "change_date": pgettext_lazy("column", "change_date"),
    "data_source": pgettext_lazy("column", "data_source"),
    "position_class": pgettext_lazy("column", "position_class"),
    "note": pgettext_lazy("column", "note"),
    # An import knows places by these names only.
    "lon": "lon",
    "lat": "lat",
}


class UnknownFormat(Invalid):
    """There is no such file format; csv, xlsx and geojson are offered."""

    code = "unknown_format"


class TooManyParts(Invalid):
    """A sheet of %(most)s rows is the longest offered; narrow the filter or take CSV."""

    code = "too_many_parts"


def export(rows: QuerySet[Part], form: str) -> HttpResponseBase:
    """Answer the parts as a file. Raises UnknownFormat, TooManyParts."""
    makers = {"csv": _csv, "xlsx": _xlsx, "geojson": _geojson}
    if form not in makers:
        raise UnknownFormat
    response = makers[form](rows)
    name = f"{gettext('parts')}-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response


def _csv(rows: QuerySet[Part]) -> HttpResponseBase:
    pieces = csv_pieces(_titles(), _lines(rows))
    return StreamingHttpResponse(pieces, content_type=CSV_TYPE)


def _xlsx(rows: QuerySet[Part]) -> HttpResponseBase:
    if rows[MOST_IN_SHEET : MOST_IN_SHEET + 1].exists():
        raise TooManyParts(most=MOST_IN_SHEET)
    file = io.BytesIO()
    write_xlsx(file, _titles(), _lines(rows), title=gettext("parts"))
    return HttpResponse(file.getvalue(), content_type=XLSX_TYPE)


def _geojson(rows: QuerySet[Part]) -> HttpResponseBase:
    return StreamingHttpResponse(_features(rows), content_type=GEOJSON_TYPE)


def _titles() -> list[str]:
    return [str(title) for title in TITLES.values()]


def _lines(rows: QuerySet[Part]) -> Iterator[list[Any]]:
    for part in _each(rows):
        yield list(_facts(part).values())


def _features(rows: QuerySet[Part]) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    for number, part in enumerate(_each(rows)):
        feature = {"type": "Feature", "geometry": _shape(part), "properties": _facts(part)}
        text = json.dumps(feature, ensure_ascii=False, default=str)
        yield f"{',' if number else ''}\n{text}".encode()
    yield b"\n]}\n"


def _each(rows: QuerySet[Part]) -> Iterable[Part]:
    return rows.iterator(chunk_size=CHUNK)


def _facts(part: Part) -> dict[str, Any]:
    known = {"category": part.category.code}
    return {name: known.get(name, getattr(part, name, None)) for name in TITLES}


def _shape(part: Part) -> dict[str, Any]:
    if part.shape is None:
        return {"type": "Point", "coordinates": [part.lon, part.lat]}
    shape: dict[str, Any] = json.loads(shapely.to_geojson(shapely.from_wkb(bytes(part.shape))))
    return shape
