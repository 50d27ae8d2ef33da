"""What the rooms above tell of the subjects of procedures: how they look and how they are worked.

The engine, the desk and the API know subjects only by these faces. A room
offers one for each kind of subject ("case", "survey") it begins procedures for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import get_language

from wanmi.accounts.queries import User
from wanmi.organisation import queries as organisation

from . import fields, steps
from .advising import Told
from .models import Task


@dataclass(frozen=True)
class Line:
    """A subject as a line of a list shows it; the point in CGCS2000 degrees, `at` in UTC.

    `key` ties the line to its mark on the map; `state` and `sort` are words,
    `sort` where it is no case; `badges` are (words, kind of badge) pairs;
    `about` is what the API names beside it ({"case": number}).
    """

    key: str
    number: str
    title: str
    words: str
    place: str
    link: str
    at: datetime
    state: str = ""
    sort: str = ""
    phase: str = ""
    lon: float | None = None
    lat: float | None = None
    is_astray: bool = False
    badges: Sequence[tuple[str, str]] = ()
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """One line of what is known of a subject: a label and its words."""

    label: str
    words: str


@dataclass(frozen=True)
class Detail:
    """What the drawer of a task shows of its subject, above and below the ways to finish it."""

    context: Mapping[str, Any]
    above: str = "workflow/parts/above.html"
    below: str = "workflow/parts/below.html"


class Subject:
    """The face of one kind of subject; a room above says the rest of it.

    `name_zh` and `name_en` are what one such thing is called in a sentence.
    """

    name_zh = ""
    name_en = ""
    model: type[models.Model]
    related: Sequence[str] = ()
    """Rows fetched together with the subject's own."""
    deed: Callable[..., Any]
    """Does an action of a task about it: a static method of what `perform` takes."""

    def found(self, keys: Iterable[int]) -> dict[int, Any]:
        """Return the subjects of these keys, in one question."""
        return self.model._default_manager.select_related(*self.related).in_bulk(set(keys))

    def key_of(self, number: str) -> int | None:
        """Return the key of the subject people know by a number."""
        rows = self.model._default_manager.filter(number=number)
        return rows.values_list("pk", flat=True).first()

    def lines(self, rows: Iterable[Any]) -> dict[int, Line]:
        """Return how each row looks in a list, whatever their number in the same few questions."""
        raise NotImplementedError

    def may_see(self, scope: organisation.Scope, row: Any) -> bool:
        """Say whether a person may see a subject."""
        raise NotImplementedError

    def facts(self, row: Any) -> list[Fact]:
        """Return what the drawer says of a subject."""
        return []

    def detail(self, row: Any, task: Task, scope: organisation.Scope) -> Detail:
        """Return what the drawer of a task shows."""
        return Detail({"facts": self.facts(row)})

    def form(self, task: Task, form: dict[str, Any], row: Any) -> dict[str, Any]:
        """Return a form in the reader's language with its choices filled in."""
        return fields.filled(form, lambda name: self.choices(name, task, row))

    def choices(self, name: str, task: Task, row: Any) -> fields.Choices | None:
        """Return the choices a field asks for by name ("departments"), and the one suggested."""
        return None

    def hints(self, schema: Mapping[str, Any], row: Any) -> dict[str, Any]:
        """Return how pages ask the questions of a form."""
        return {}

    def values(self, row: Any) -> Mapping[str, Any]:
        """Return what the subject already says, so that nobody types it twice."""
        return {}

    def told(self, row: Any) -> Told | None:
        """Return what somebody told of a subject, for whoever advises on its forms."""
        return None

    def perform(
        self, task: Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None
    ) -> Any:
        """Do an action of a task and return the subject as it stands then."""
        return type(self).deed(task, action, fields, by=by, at=at)

    def answer(self, row: Any, scope: organisation.Scope) -> dict[str, Any]:
        """Return the subject as the API answers it."""
        raise NotImplementedError


_subjects: dict[str, Subject] = {}


def offer_subject(kind: str, subject: Subject) -> None:
    """Say what tasks on a kind of subject ("case") are about and how they are worked."""
    _subjects[kind] = subject


def kind_of(subject: str) -> str:
    """Return the kind a subject names: "case" of "case:12"."""
    return subject.partition(":")[0]


def key_of(subject: str) -> int:
    """Return the key a subject names: 12 of "case:12"."""
    return int(subject.partition(":")[2])


def face_of(subject: str) -> Subject:
    """Return the face of a subject ("case:12")."""
    return _subjects[kind_of(subject)]


def by_number(kind: str, number: str) -> str:
    """Return the subject of a kind that people know by a number; "" where there is none."""
    if kind not in _subjects or "\0" in number:
        return ""
    key = _subjects[kind].key_of(number)
    return f"{kind}:{key}" if key is not None else ""


def rows_of(tasks: Iterable[Task]) -> dict[str, Any]:
    """Return the rows of the subjects of tasks; one question for each kind of them."""
    keys: dict[str, set[int]] = {}
    for subject in {task.subject for task in tasks}:
        keys.setdefault(kind_of(subject), set()).add(key_of(subject))
    return {
        f"{kind}:{key}": row
        for kind, wanted in keys.items()
        for key, row in _subjects[kind].found(wanted).items()
    }


def lines_of(rows: Mapping[str, Any]) -> dict[str, Line]:
    """Return how subjects look in a list, each kind asked once."""
    kinds: dict[str, list[Any]] = {}
    for subject, row in rows.items():
        kinds.setdefault(kind_of(subject), []).append(row)
    return {
        f"{kind}:{key}": line
        for kind, found in kinds.items()
        for key, line in _subjects[kind].lines(found).items()
    }


def filled_form(task: Task, action: str, row: Any) -> dict[str, Any]:
    """Return the form of an action in the reader's language, its choices filled in."""
    return face_of(task.subject).form(task, steps.action_form(task, action), row)


def in_chinese() -> bool:
    """Say whether the reader's language is Chinese."""
    return (get_language() or "zh").startswith("zh")


def either(chinese: str, english: str) -> str:
    """Return the name in the reader's language, Chinese where English is missing."""
    return chinese if in_chinese() else english or chinese
