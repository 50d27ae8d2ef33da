"""What the cases of a filter are: counted by facet, and as points for the map.

Both look at the newest thousand cases that fit and at no more, so that they
cost the same over a million; where there are more, the page says so.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken
from wanmi.workflow import queries as workflow

from . import narrowing, words
from .facets import DEEPEST
from .models import Case

MOST_VALUES = 6
"""Values of a facet that are shown, the commonest first."""
DISTRICT_DEPTH = 3
"""How many codes lead to a district: province, city, district."""
_COLUMNS = ("pk", "number", "state", "phase", "category_code", "category_zh", "category_en")
_MORE = ("source", "area_path", "reported_at", "due_at", "warn_at", "ended_at", "lon", "lat")


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many cases have it, and the address of the list with it."""

    word: str
    count: int
    url: str


@dataclass(frozen=True)
class Facet:
    """One way to tell the found cases apart."""

    label: str
    values: list[Value]


@dataclass(frozen=True)
class Newest:
    """The newest cases of a filter, at most a thousand."""

    cases: list[Case]
    is_whole: bool

    @property
    def count(self) -> str:
        """Return how many there are, as people read it: "312" or "1,000+"."""
        return str(len(self.cases)) if self.is_whole else f"{DEEPEST:,}+"


def newest(scope: organisation.Scope, wanted: narrowing.Wanted) -> Newest:
    """Return the newest cases that fit; one question, whatever their number."""
    # One more than asked would be deeper than the indexes by word answer.
    order = "-word_index" if "q" in wanted.texts else "-pk"
    rows = wanted.rows(scope, upto=DEEPEST).order_by(order).only(*_COLUMNS, *_MORE)
    found = list(rows[:DEEPEST])
    return Newest(found, len(found) < DEEPEST)


def facets(found: Newest, sent: QueryDict, *, now: datetime) -> list[Facet]:
    """Return the counts of the found cases, each value with the address that adds its filter."""
    classes = {
        case.category_code: spoken(case.category_zh, case.category_en) for case in found.cases
    }
    lamps = (_lamp(case, now) for case in found.cases)
    places = _places(found.cases)
    names = geography.spoken_of_many(path for path in places if path)
    drawn = [
        _facet(_("State"), "state", _each(found, "state"), _told(words.STATES), sent),
        _facet(
            _("Class"),
            "category",
            _each(found, "category_code"),
            lambda code: f"{code} {classes[code]}",
            sent,
        ),
        _facet(_("Lamp"), "lamp", lamps, _told(narrowing.LAMPS), sent),
        _facet(_("Area"), "area", places.elements(), lambda path: names.get(path, path), sent),
        _facet(_("Source"), "source", _each(found, "source"), _told(words.SOURCES), sent),
        _months(found.cases, sent),
    ]
    return [facet for facet in drawn if len(facet.values) > 1]


def points(found: Newest) -> list[dict[str, Any]]:
    """Return the found cases that have a place, as the map reads points."""
    return [
        {
            "id": str(case.pk),
            "number": case.number,
            "lon": round(case.lon, 6),
            "lat": round(case.lat, 6),
            "phase": case.phase,
            "lamp": _shown_lamp(case),
            "label": f"{case.number} {spoken(case.category_zh, case.category_en)}",
        }
        for case in found.cases
        if case.lon is not None and case.lat is not None
    ]


def _each(found: Newest, name: str) -> list[str]:
    return [getattr(case, name) for case in found.cases]


def _facet(
    label: Any, name: str, keys: Iterable[str], word: Callable[[str], str], sent: QueryDict
) -> Facet:
    counted = Counter(key for key in keys if key)
    values = [
        Value(word(key), count, _with(sent, **{name: key}))
        for key, count in counted.most_common(MOST_VALUES)
    ]
    return Facet(str(label), values)


def _months(cases: Iterable[Case], sent: QueryDict) -> Facet:
    """Return the months of the reports in the city's time, newest first."""
    zone = ZoneInfo(settings.TIME_ZONE)
    counted = Counter(case.reported_at.astimezone(zone).strftime("%Y-%m") for case in cases)
    values = []
    for month, count in sorted(counted.items(), reverse=True)[:MOST_VALUES]:
        first, last = _ends(month)
        values.append(Value(month, count, _with(sent, reported_from=first, reported_to=last)))
    return Facet(str(_("Month")), values)


def _ends(month: str) -> tuple[str, str]:
    year, number = map(int, month.split("-"))
    return f"{month}-01", f"{month}-{monthrange(year, number)[1]:02}"


def _with(sent: QueryDict, **added: str) -> str:
    params = sent.copy()
    params.pop("page", None)
    for name, value in added.items():
        params[name] = value
    return f"?{params.urlencode()}"


def _told(said: Mapping[Any, Any]) -> Callable[[str], str]:
    return lambda key: words.word(said, key)


def _places(cases: Sequence[Case]) -> Counter[str]:
    """Count by district; by street where all lie in one district."""
    counted: Counter[str] = Counter()
    for depth in (DISTRICT_DEPTH, DISTRICT_DEPTH + 1):
        counted = Counter(_above(case.area_path, depth) for case in cases)
        if len(counted) > 1:
            break
    return counted


def _above(path: str, depth: int) -> str:
    return "".join(f"{code}/" for code in path.split("/")[:depth] if code)


def _lamp(case: Case, now: datetime) -> str:
    """Return the lamp as the filter names it; nothing of an ended case or one without a limit."""
    if case.ended_at is not None or case.due_at is None:
        return ""
    if case.due_at < now:
        return "red"
    return "yellow" if case.warn_at is not None and case.warn_at <= now else "green"


def _shown_lamp(case: Case) -> str:
    lamp = workflow.lamp_of(case.due_at, case.warn_at) if case.ended_at is None else None
    return lamp.value if lamp else ""
