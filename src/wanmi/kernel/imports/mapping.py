"""Mappings: how somebody else's columns become our fields, written in TOML.

The format is described in docs/run/import.md.
"""

import tomllib
from collections.abc import Mapping as Named
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wanmi.kernel.coordinates import system
from wanmi.kernel.errors import Invalid

# Any: a cell or a TOML value, plain data of any kind.
Value = Any
ELSE = "*"


class UnusableMapping(Invalid):
    """The mapping cannot be used: %(reason)s."""

    code = "unusable_mapping"


class UnknownKey(UnusableMapping):
    """The mapping has an unknown key “%(key)s”."""

    code = "unknown_mapping_key"


class WrongType(UnusableMapping):
    """“%(key)s” in the mapping holds the wrong kind of value."""

    code = "wrong_mapping_type"


class UnknownZone(UnusableMapping):
    """There is no time zone “%(zone)s”."""

    code = "unknown_time_zone"


class NotInMapping(Invalid):
    """“%(value)s” is not in the mapping of %(field)s."""

    code = "not_in_mapping"


class ColumnMissing(Invalid):
    """The file has no column “%(column)s”."""

    code = "column_missing"


@dataclass(frozen=True)
class Mapping:
    """Where our fields come from; an empty mapping takes the columns by their own names."""

    kind: str = ""
    columns: Named[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Named[str, Value] = field(default_factory=dict)
    values: Named[str, Named[str, Value]] = field(default_factory=dict)
    separator: str = " "
    time_zone: str = "Asia/Shanghai"
    time_formats: tuple[str, ...] = ()
    coordinates: str = ""
    encoding: str = ""
    layer: str = ""

    def apply(self, raw: Named[str, Value]) -> dict[str, Value]:
        """Return our fields of one row; refuse a value its map does not know."""
        fields = dict(raw) if not self.columns else self._taken(raw)
        # A constant fills what the file leaves open, it does not overrule it.
        for name, constant in self.constants.items():
            if fields.get(name) in (None, ""):
                fields[name] = constant
        return {name: self._translated(name, value) for name, value in fields.items()}

    def require_columns(self, present: set[str]) -> None:
        """Refuse a file that lacks a column the mapping names."""
        for columns in self.columns.values():
            for column in columns:
                if column not in present:
                    raise ColumnMissing(column=column)

    def _taken(self, raw: Named[str, Value]) -> dict[str, Value]:
        return {name: self._joined(raw, columns) for name, columns in self.columns.items()}

    def _joined(self, raw: Named[str, Value], columns: tuple[str, ...]) -> Value:
        if len(columns) == 1:
            return raw.get(columns[0])
        parts = (str(raw.get(column) or "").strip() for column in columns)
        return self.separator.join(part for part in parts if part)

    def _translated(self, name: str, value: Value) -> Value:
        known = self.values.get(name)
        if known is None:
            return value
        key = "" if value is None else str(value).strip()
        if key in known:
            return known[key]
        if ELSE in known:
            return known[ELSE]
        raise NotInMapping(value=key, field=name)


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file; refuse what is not TOML or not a mapping."""
    try:
        written = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableMapping(reason=str(error)) from error
    return mapping_from(written)


def mapping_from(written: Named[str, Value]) -> Mapping:
    """Return the mapping a parsed TOML document describes."""
    plain = Mapping()
    unknown = written.keys() - plain.__dataclass_fields__.keys()
    if unknown:
        raise UnknownKey(key=sorted(unknown)[0])
    for name, value in written.items():
        if not isinstance(value, _expected(name)):
            raise WrongType(key=name)
    maps = _table(written, "values")
    shaped = {
        "columns": {ours: _names(theirs) for ours, theirs in _table(written, "columns").items()},
        "values": {ours: _table(maps, ours) for ours in maps},
        "time_formats": tuple(written.get("time_formats", ())),
    }
    mapping = Mapping(**{**written, **shaped})
    _check(mapping)
    return mapping


def _expected(name: str) -> type:
    if name in ("columns", "constants", "values"):
        return dict
    return list if name == "time_formats" else str


def _table(written: Named[str, Value], name: str) -> dict[str, Value]:
    table = written.get(name, {})
    if not isinstance(table, dict):
        raise WrongType(key=name)
    return table


def _names(theirs: Value) -> tuple[str, ...]:
    names = [theirs] if isinstance(theirs, str) else theirs
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise WrongType(key="columns")
    return tuple(names)


def _check(mapping: Mapping) -> None:
    try:
        ZoneInfo(mapping.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(zone=mapping.time_zone) from error
    if not all(isinstance(form, str) for form in mapping.time_formats):
        raise WrongType(key="time_formats")
    if mapping.coordinates:
        system(mapping.coordinates)
