"""The filters of the page of cases: read from the address, offered as choices, told as chips."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from wanmi.catalogue import queries as catalogue
from wanmi.geography import queries as geography
from wanmi.kernel.errors import Refused
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken

from . import queries, words
from .filtering import CaseFilter
from .models import Case

MOST_AREAS = 60


@dataclass(frozen=True)
class Chip:
    """One filter in use: what it narrows, to what, and the address without it."""

    label: str
    word: str
    url: str


@dataclass(frozen=True)
class Wanted:
    """The filters that could be read: as they stand in the address, and what they mean."""

    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def rows(self, scope: organisation.Scope, *, upto: int | None = None) -> QuerySet[Case]:
        """Return the cases of the reader's list that fit; among them at least the newest `upto`."""
        if upto is not None:
            return queries.newest(scope, self.values, upto=upto)
        cases = queries.listed(scope, mine=self.values.get("mine", False))
        return queries.filtered(cases, scope=scope, **self.values)


def read(sent: QueryDict) -> Wanted:
    """Read each filter by itself, as the API does; one that cannot be read is none."""
    texts: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name in CaseFilter.model_fields:
        text = sent.get(name, "").strip()
        try:
            value = getattr(CaseFilter.model_validate({name: text}), name) if text else ""
        except (ValidationError, Refused):
            continue
        if value not in ("", None):
            texts[name], values[name] = text, value
    return Wanted(texts, values)


def chips(wanted: Wanted, sent: QueryDict) -> list[Chip]:
    """Return the filters in use, in the order of the form."""
    return [
        Chip(str(LABELS[name]), _WORDS.get(name, str)(wanted.texts[name]), _without(sent, name))
        for name in LABELS
        if name in wanted.texts
    ]


def _without(sent: QueryDict, name: str) -> str:
    rest = sent.copy()
    for gone in (name, "page"):
        rest.pop(gone, None)
    return f"?{rest.urlencode()}"


LABELS = {
    "q": _("Words"),
    "phase": _("Phase"),
    "lamp": _("Lamp"),
    "area": _("Area"),
    "open": _("Open or ended"),
    "state": _("State"),
    "category": _("Class"),
    "department": _("Department"),
    "reported_from": _("Reported from"),
    "reported_to": _("Reported to"),
    "urgent": _("Urgency"),
    "located": _("Location"),
    "source": _("Source"),
    "kind": _("Part or event"),
    "mine": _("Whose"),
}
LAMPS = {"green": _("In time"), "yellow": _("Due soon"), "red": _("Overdue")}
OPENNESS = {"yes": _("Open cases"), "no": _("Ended")}
URGENCY = {"yes": _("Urgent"), "no": _("Not urgent")}
LOCATION = {"yes": _("In a unit grid"), "no": _("Not located")}
MINE = {"yes": _("Mine: reported or handled by me")}


def _area_word(path: str) -> str:
    names = geography.names_of(path)
    return spoken(names[-1].name_zh, names[-1].name_en) if names else path


def _class_word(code: str) -> str:
    found = next((row for row in catalogue.categories(q=code)[:9] if row.code == code), None)
    return f"{code} {found.name}" if found else code


def _department_word(code: str) -> str:
    body = organisation.body_by_code(code)
    return spoken(body.name_zh, body.name_en) if body else code


def _flag(said: dict[str, Any]) -> Callable[[str], str]:
    return lambda text: words.word(said, "yes" if text in ("yes", "true", "1", "on") else "no")


_WORDS: dict[str, Callable[[str], str]] = {
    "phase": lambda text: words.word(words.PHASES, text),
    "state": lambda text: words.word(words.STATES, text),
    "source": lambda text: words.word(words.SOURCES, text),
    "kind": lambda text: words.word(words.KINDS, text),
    "lamp": lambda text: words.word(LAMPS, text),
    "open": _flag(OPENNESS),
    "urgent": _flag(URGENCY),
    "located": _flag(LOCATION),
    "mine": _flag(MINE),
    "area": _area_word,
    "category": _class_word,
    "department": _department_word,
}


class Choices:
    """What the filters offer; asked only when the form itself is drawn."""

    phases = tuple(words.PHASES.items())
    states = tuple(words.STATES.items())
    kinds = tuple(words.KINDS.items())
    lamps = tuple(LAMPS.items())
    openness = tuple(OPENNESS.items())
    urgency = tuple(URGENCY.items())
    location = tuple(LOCATION.items())
    whose = tuple(MINE.items())

    def __init__(self, scope: organisation.Scope, wanted: Wanted) -> None:
        self._paths = scope.areas(organisation.duties.SEE_CASES)
        self._wanted = wanted

    @cached_property
    def sources(self) -> list[tuple[str, str]]:
        """Return where reports come from, as the city calls it."""
        return self._with_chosen("source", list(words.SOURCES.items()), words.SOURCES.named)

    @cached_property
    def areas(self) -> list[tuple[str, str]]:
        """Return the areas just below the reader's own, and the one chosen if it lies deeper."""
        found = [
            (area.path, spoken(area.name_zh, area.name_en))
            for path in self._paths
            for area in geography.children(path)[:MOST_AREAS]
        ]
        return self._with_chosen("area", found, _area_word)

    @cached_property
    def departments(self) -> list[tuple[str, str]]:
        """Return the bodies that handle cases in the reader's areas."""
        found = [
            (body.code, spoken(body.name_zh, body.name_en))
            for body in organisation.bodies()
            if body.kind in organisation.HANDLING_KINDS and self._concerns(body.area_path)
        ]
        return self._with_chosen("department", found, _department_word)

    @cached_property
    def classes(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the classes in force by major class; a part and its event have one code."""
        groups: dict[str, dict[str, str]] = defaultdict(dict)
        for row in catalogue.categories():
            heading = f"{row.major_code} {spoken(row.major_zh, row.major_en)}"
            groups[heading].setdefault(row.code, f"{row.code} {row.name}")
        return [(heading, list(rows.items())) for heading, rows in sorted(groups.items())]

    def _concerns(self, path: str) -> bool:
        return any(path.startswith(own) or own.startswith(path) for own in self._paths)

    def _with_chosen(
        self, name: str, found: list[tuple[str, str]], word: Callable[[str], str]
    ) -> list[tuple[str, str]]:
        """Add the chosen value where it is not on offer, so that the form keeps it."""
        chosen = self._wanted.texts.get(name, "")
        if not chosen or chosen in dict(found):
            return found
        return [*found, (chosen, word(chosen))]
