"""Imports: `./wanmi import KIND FILE`, the same for every room.

A room offers a loader for its kind; the loader reads mapped records, hands each to its own
actions inside ``report.row(...)`` and answers with the report:

    def load(source: Source, options: Options) -> Report:
        report = Report("places")
        for record in read(source, options, report):
            with report.row(record):
                save(code=record.text("code", required=True), at=record.point())
        return report

The caller owns the transaction and undoes it when ``report.must_undo(options)``.
"""

from wanmi.kernel.imports.mapping import Mapping, UnusableMapping, load_mapping
from wanmi.kernel.imports.reading import Options, Source, UnreadableFile, read
from wanmi.kernel.imports.records import MissingValue, Record, UnusableValue
from wanmi.kernel.imports.registry import Kind, Loader, UnknownKind, kinds, loader, offer
from wanmi.kernel.imports.report import Report, Row

__all__ = [
    "Kind",
    "Loader",
    "Mapping",
    "MissingValue",
    "Options",
    "Record",
    "Report",
    "Row",
    "Source",
    "UnknownKind",
    "UnreadableFile",
    "UnusableMapping",
    "UnusableValue",
    "kinds",
    "load_mapping",
    "loader",
    "offer",
    "read",
]
