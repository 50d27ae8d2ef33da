"""What is learnt from: past cases, what people chose, and the starter sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from wanmi.cases import queries as cases
from wanmi.catalogue import queries as catalogue
from wanmi.kernel.personal import mask

from . import starter
from .models import Judgement
from .rules import Told

MOST_CASES = 30_000
"""The newest so many cases are learnt from: older ones say less, and training stays minutes."""
MOST_JUDGEMENTS = 10_000
URGENT, ORDINARY = "urgent", "ordinary"


@dataclass(frozen=True)
class Example:
    """A report and what was made of it; labels are empty where nothing was decided."""

    told: Told
    labels: dict[str, str]
    is_own: bool


@dataclass(frozen=True)
class Gathered:
    """All examples, and the key of the newest case among them."""

    examples: list[Example]
    newest_case: int


def gather() -> Gathered:
    """Return every example, personal data in its words masked; the same decision once."""
    classes = _classes()
    newest, found = 0, {}
    for lesson in cases.lessons(MOST_CASES):
        newest = max(newest, lesson.key)
        each = _of_case(lesson, classes)
        found[_sameness(each)] = each
    for each in _of_judgements():
        found.setdefault(_sameness(each), each)
    own = [each for each in found.values() if any(each.labels.values())]
    return Gathered([*own, *_of_starter()], newest)


def _sameness(each: Example) -> tuple[str, ...]:
    # A case and the judgement it came by are one decision, not two.
    return (each.told.words, each.told.area_path, *each.labels.values())


def _classes() -> dict[int, str]:
    """Return the class in force ("kind/code") that each class ever used means today."""
    now = {row.pk: f"{row.kind}/{row.code}" for row in catalogue.categories()}
    later = {}
    for key in cases.classes_used() - now.keys():
        row = catalogue.by_id(key)
        new = catalogue.successor(row) if row is not None else None
        if new is not None and new.pk in now:
            later[key] = now[new.pk]
    return now | later


def _of_case(lesson: cases.Lesson, classes: dict[int, str]) -> Example:
    category = classes.get(lesson.category_id, "")
    at = lesson.reported_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    told = Told(mask(lesson.words), lesson.area_path, at, category)
    urgency = URGENT if lesson.is_urgent else ORDINARY
    labels = {"category": category, "department": lesson.department, "urgency": urgency}
    return Example(told, labels, is_own=True)


def _of_judgements() -> Iterator[Example]:
    rows = Judgement.objects.filter(target="category").order_by("-pk")[:MOST_JUDGEMENTS]
    for row in rows:
        at = row.said_at.astimezone(ZoneInfo(settings.TIME_ZONE))
        told = Told(row.words, row.area_path, at, row.chosen)
        yield Example(told, {"category": row.chosen, "department": "", "urgency": ""}, is_own=True)


def _of_starter() -> Iterator[Example]:
    known = {f"{row.kind}/{row.code}" for row in catalogue.categories(edition=starter.EDITION)}
    for each in starter.sentences():
        if each.category in known:
            urgency = URGENT if each.is_urgent else ORDINARY
            labels = {"category": each.category, "department": "", "urgency": urgency}
            yield Example(Told(each.words, category=each.category), labels, is_own=False)
