"""Files into records: the reader is chosen by the file's name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wanmi.kernel.coordinates import convert_geometry
from wanmi.kernel.errors import Invalid
from wanmi.kernel.imports import features, tables
from wanmi.kernel.imports.files import Raw, Source, UnreadableFile
from wanmi.kernel.imports.mapping import Mapping
from wanmi.kernel.imports.records import Record
from wanmi.kernel.imports.report import Report

__all__ = ["Options", "Source", "UnreadableFile", "read"]

_READERS: dict[str, Callable[[Source], Iterator[Raw]]] = {
    ".csv": tables.read_csv,
    ".tsv": tables.read_csv,
    ".txt": tables.read_csv,
    ".xlsx": tables.read_xlsx,
    ".geojson": features.read_geojson,
    ".json": features.read_geojson,
    ".gpkg": features.read_layer,
    ".shp": features.read_layer,
    ".zip": features.read_layer,
}


@dataclass(frozen=True)
class Options:
    """How to import: the mapping, a trial only, keeping good rows beside bad ones, who does it.

    ``actor`` is whatever the loader's actions take as the acting person (Any: the kernel
    knows no people).
    """

    mapping: Mapping = field(default_factory=Mapping)
    dry_run: bool = False
    keep_good: bool = False
    actor: Any = None


class WrongMapping(Invalid):
    """The mapping is for “%(written)s”, not for “%(kind)s”."""

    code = "wrong_mapping"


def read(source: Source, options: Options, report: Report) -> Iterator[Record]:
    """Yield mapped records with shapes in degrees (WGS-84); unreadable rows go to the report.

    Raises ``Invalid`` when the file as a whole cannot be used.
    """
    mapping = options.mapping
    if mapping.kind and mapping.kind != report.kind:
        raise WrongMapping(written=mapping.kind, kind=report.kind)
    completed = source.completed(mapping.coordinates, mapping.encoding, mapping.layer)
    checked = False
    for raw in _reader(completed)(completed):
        if not checked and raw.problem is None:
            mapping.require_columns(set(raw.values))
            checked = True
        try:
            record = _record(raw, mapping)
        except Invalid as refused:
            report.reject(raw.line, refused)
            continue
        yield record


def _reader(source: Source) -> Callable[[Source], Iterator[Raw]]:
    suffix = source.path.suffix.lower()
    if suffix not in _READERS:
        raise UnreadableFile(
            "%(file)s cannot be imported; possible are %(suffixes)s.",
            file=source.path.name,
            suffixes=", ".join(_READERS),
        )
    if not source.path.is_file():
        raise UnreadableFile("There is no file %(file)s.", file=str(source.path))
    return _READERS[suffix]


def _record(raw: Raw, mapping: Mapping) -> Record:
    if raw.problem is not None:
        raise raw.problem
    values = mapping.apply(raw.values)
    shape = raw.shape
    if shape is not None and not shape.is_empty:
        shape = convert_geometry(shape, raw.system)
    return Record(raw.line, values, raw.values, shape, raw.system, mapping)


def suffixes() -> tuple[str, ...]:
    """Return the file endings that can be read."""
    return tuple(_READERS)
