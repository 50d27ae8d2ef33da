"""What the version in force suggests for a report: labels with probability, name and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.kernel.personal import mask
from wanmi.kernel.remembered import Remembered
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken

from . import serving
from .examples import ORDINARY, URGENT
from .rules import Told, Weights, terms
from .training import TARGETS, told_for

MOST = 3
FRESH_S = 60.0
_names: Final[Remembered[str, dict[str, tuple[str, str]]]] = Remembered(fresh_seconds=FRESH_S)


@dataclass(frozen=True)
class Report:
    """A report as somebody tells it; the point in degrees of CGCS2000, `at` aware."""

    words: str
    lon: float | None = None
    lat: float | None = None
    at: datetime | None = None
    area_path: str = ""
    category: str = ""
    """The class ("kind/code") where it is known already."""


@dataclass(frozen=True)
class Suggestion:
    """One label a report may get, with its name and why; `probability` from 0 to 1."""

    label: str
    name_zh: str
    name_en: str
    probability: float
    because: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)

    @property
    def percent(self) -> int:
        """The probability in whole percent; what is not certain is never said to be."""
        return min(max(round(self.probability * 100), 1), 99)


@dataclass(frozen=True)
class Advice:
    """What a version suggests for a report, by target; empty where it has nothing to say."""

    model: int
    category: Sequence[Suggestion] = ()
    department: Sequence[Suggestion] = ()
    urgency: Sequence[Suggestion] = ()

    def of(self, target: str) -> Sequence[Suggestion]:
        """Return the suggestions for a target, likeliest first."""
        found: Sequence[Suggestion] = getattr(self, target)
        return found


def advice(report: Report, *, targets: Sequence[str] = TARGETS) -> Advice:
    """Return what the version in force suggests for a report; it decides nothing."""
    version = serving.version_in_force()
    models = serving.weights_of(version)
    if not models or not report.words.strip():
        return Advice(version[0])
    told = _told(report)
    found = {target: _named(target, models[target], told) for target in targets if target in models}
    return Advice(version[0], **found)


def _told(report: Report) -> Told:
    path = report.area_path
    if not path and report.lon is not None and report.lat is not None:
        located = geography.locate(report.lon, report.lat)
        path = located.path if located else ""
    at = report.at.astimezone(ZoneInfo(settings.TIME_ZONE)) if report.at else None
    return Told(mask(report.words), path, at, report.category)


def _named(target: str, model: Weights, told: Told) -> list[Suggestion]:
    """Return the likeliest labels with their names; what the catalogue lacks is left out."""
    names = _names_of(target)
    answers = model.suggest(terms(told_for(target, told)), most=MOST, known=names)
    return [
        Suggestion(each.label, *names[each.label], each.probability, each.because)
        for each in answers
    ]


def _names_of(target: str) -> dict[str, tuple[str, str]]:
    if target == "urgency":
        return {URGENT: ("", ""), ORDINARY: ("", "")}
    return _names.get(target, _class_names if target == "category" else _body_names)


def _class_names() -> dict[str, tuple[str, str]]:
    rows = catalogue.categories()
    return {f"{row.kind}/{row.code}": (row.name_zh, row.name_en) for row in rows}


def _body_names() -> dict[str, tuple[str, str]]:
    return {row.code: (row.name_zh, row.name_en) for row in organisation.bodies()}


def name_of(target: str, label: str) -> str:
    """Return the name of a class or a body in the reader's language; "" where it is gone."""
    names = _names_of(target)
    return spoken(*names[label]) if label in names else ""
