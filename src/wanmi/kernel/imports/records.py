"""One row of an import, asked field by field; every refusal names the field."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wanmi.kernel.coordinates import convert
from wanmi.kernel.errors import Invalid
from wanmi.kernel.imports.mapping import Mapping
from wanmi.kernel.text import LINE_LENGTH, clean_text, finite

# Any: a cell holds plain data of any kind; Shapely has no types.
Value = Any
Geometry = Any

_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_YES = frozenset({"1", "true", "yes", "y", "t", "是", "有"})
_NO = frozenset({"0", "false", "no", "n", "f", "否", "无"})
_ISO = "ISO 8601"
_USUAL_FORMATS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日 %H时%M分",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
)


class MissingValue(Invalid):
    """“%(field)s” is missing."""

    code = "missing_value"


class UnusableValue(Invalid):
    """“%(value)s” cannot be used as %(field)s."""

    code = "unusable_value"


@dataclass(frozen=True, slots=True)
class Record:
    """A mapped row: line (or feature) number, our fields, the row as it stood in the file.

    ``shape`` is a Shapely geometry in degrees (WGS-84), or None; ``system`` is what the
    numbers in lon/lat (or x/y) columns are measured in.
    """

    line: int
    values: dict[str, Value]
    raw: dict[str, Value] = field(default_factory=dict)
    shape: Geometry = None
    system: str = "wgs84"
    mapping: Mapping = field(default_factory=Mapping)

    def has(self, name: str) -> bool:
        """Whether the field holds anything."""
        return self.values.get(name) not in (None, "") and str(self.values[name]).strip() != ""

    def text(
        self,
        name: str,
        *,
        max_length: int = LINE_LENGTH,
        required: bool = False,
        multiline: bool = False,
    ) -> str:
        """Return trimmed text, empty when absent; a code kept as a number loses its ``.0``."""
        if not self._present(name, required=required):
            return ""
        return clean_text(_written(self.values[name]), max_length=max_length, multiline=multiline)

    def number(
        self,
        name: str,
        *,
        low: float = float("-inf"),
        high: float = float("inf"),
        required: bool = False,
    ) -> float | None:
        """Return a finite number within the bounds, or None."""
        if not self._present(name, required=required):
            return None
        value = self.values[name]
        try:
            number = float(value if isinstance(value, int | float) else _digits(value))
        except ValueError:
            raise self._unusable(name) from None
        return finite(number, low=low, high=high)

    def whole(self, name: str, *, required: bool = False) -> int | None:
        """Return a whole number, or None."""
        number = self.number(name, required=required)
        if number is None:
            return None
        if number != int(number):
            raise self._unusable(name)
        return int(number)

    def flag(self, name: str, *, required: bool = False) -> bool | None:
        """Return yes or no in the usual spellings, or None."""
        if not self._present(name, required=required):
            return None
        word = _written(self.values[name]).strip().lower()
        if word not in _YES | _NO:
            raise self._unusable(name)
        return word in _YES

    def moment(self, name: str, *, required: bool = False) -> datetime | None:
        """Return a moment in UTC; local ones are in the mapping's time zone."""
        if not self._present(name, required=required):
            return None
        moment = self._parsed(name)
        zone = ZoneInfo(self.mapping.time_zone)
        try:
            return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        except OverflowError:
            raise self._unusable(name) from None

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a day as written (no time zone), or None."""
        return self._parsed(name).date() if self._present(name, required=required) else None

    def point(self) -> tuple[float, float] | None:
        """Return longitude and latitude in degrees (WGS-84), or None for a row without place.

        Taken from the geometry (a point inside it), else from lon and lat or x and y.
        Zero, zero counts as no place: it is how many systems write an empty one.
        """
        if self.shape is not None and not self.shape.is_empty:
            inside = self.shape.representative_point()
            return float(inside.x), float(inside.y)
        x, y = self._coordinate("lon", "x"), self._coordinate("lat", "y")
        if (x is None and y is None) or (x == 0 and y == 0):
            return None
        if x is None or y is None:
            raise MissingValue(field="lat" if y is None else "lon")
        return convert(x, y, self.system)

    def _coordinate(self, *names: str) -> float | None:
        present = next((name for name in names if self.has(name)), None)
        return self.number(present) if present else None

    def _present(self, name: str, *, required: bool) -> bool:
        if self.has(name):
            return True
        if required:
            raise MissingValue(field=name)
        return False

    def _parsed(self, name: str) -> datetime:
        value = self.values[name]
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime.combine(value, time())
        text = _written(value).strip()
        formats = (*self.mapping.time_formats, _ISO, *_USUAL_FORMATS)
        moments = (_read_moment(text, form) for form in formats)
        moment = next((moment for moment in moments if moment is not None), None)
        if moment is None:
            raise self._unusable(name)
        return moment

    def _unusable(self, name: str) -> UnusableValue:
        return UnusableValue(value=str(self.values[name])[:80], field=name)


def _written(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read_moment(text: str, form: str) -> datetime | None:
    """Read a moment in one form, without a zone if the text has none."""
    try:
        if form == _ISO:
            return datetime.fromisoformat(text)
        return datetime.strptime(text, form)  # noqa: DTZ007 - the mapping's zone is set later
    except ValueError:
        return None


def _digits(value: Value) -> str:
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text
