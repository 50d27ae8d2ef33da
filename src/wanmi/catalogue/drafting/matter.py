"""Editions under upkeep: a draft of the whole, its effect, a day to publish it, taking it back."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from wanmi.journal import actions as journal
from wanmi.kernel.errors import FieldError, Invalid
from wanmi.kernel.limits import LimitType
from wanmi.kernel.text import clean_line
from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep.queries import groups

from .. import queries
from ..models import CategoryKind, Edition
from . import documents, rules
from .rules import Comparison, Document, Row

Namer = Callable[[Sequence[rules.Key]], Sequence[str]]
"""Says which decision tables, controls and forms name some classes (kind and code)."""

_namers: list[Namer] = []
TROUBLES = {
    "twice": _("The class %(code)s stands here twice."),
    "wrong_code": _("The code %(code)s does not have %(digits)s digits."),
    "no_class": _("A filing standard names the class %(code)s, which is not in the edition."),
    "standard_twice": _("The condition %(number)s of %(code)s stands here twice."),
}
MOST_COUNTED = 200
LONGEST_LINE = 160
MOST_ROWS = 5000


def offer_namer(namer: Namer) -> None:
    """Let a room above say what names classes, before they vanish from the catalogue."""
    _namers.append(namer)


class Editions(upkeep.Matter):
    """One edition of the catalogue with its classes and filing standards."""

    key = "editions"
    label = _("Catalogue editions")
    help = _("Copy the edition in force, change its classes and standards, publish from a day on.")
    group = groups.RULES
    duty = organisation.duties.EDIT_CATALOGUE
    icon = "book"
    may_add = True
    is_listed = False
    key_form = r"[0-9a-z]{1,10}"

    def items(self) -> Sequence[upkeep.Item]:
        """Return the editions, newest first."""
        return [upkeep.Item(row.code, row.name, row.standard) for row in queries.editions()]

    def asked(self, item: str) -> upkeep.Asked:
        """Return what an edition is made of."""
        properties = {
            "based_on": _line(gettext_noop("Copied from"), 20),
            "name_zh": _line(gettext_noop("Chinese name"), 80, minLength=1),
            "name_en": _line(gettext_noop("English name"), 120, minLength=1),
            "classes": _rows(gettext_noop("Classes"), _CLASS, rules.CLASS),
            "standards": _rows(gettext_noop("Filing standards"), _STANDARD, rules.STANDARD),
        }
        return upkeep.Asked(_object(properties, list(properties)))

    def now(self, item: str) -> upkeep.Content | None:
        """Return an edition as a document."""
        row = Edition.objects.filter(code=item).first()
        return documents.document_of(row, timezone.localdate()) if row is not None else None

    def page(self, item: str) -> str:
        """Return the table page of an edition."""
        return reverse("catalogue:edition", args=[item])

    def check(self, item: str, content: upkeep.Content, scope: organisation.Scope) -> None:
        """Refuse to write over an edition, and a document that cannot be one."""
        base = Edition.objects.filter(code=content["based_on"]).first()
        if Edition.objects.filter(code=item).exists() or base is None:
            raise Invalid("An edition that was published stays as it is; copy it under a new code.")
        _require_clean([*content["classes"], *content["standards"]])
        found = rules.troubles(content, base.minor_digits)
        if found:
            errors: list[FieldError] = [
                {"loc": ["classes"], "msg": str(TROUBLES[trouble]) % params}
                for trouble, params in found[:20]
            ]
            raise Invalid("Some fields are not valid.", errors=errors)

    def keep(
        self, item: str, content: upkeep.Content | None, *, by: journal.Actor, at: datetime
    ) -> None:
        """Publish the edition, or take it back."""
        today = timezone.localdate(at)
        if content is None:
            documents.take_back(item, on=today, by=by)
        else:
            documents.publish(item, content, on=today, by=by)

    def differences(
        self, item: str, before: upkeep.Content | None, after: upkeep.Content | None
    ) -> Sequence[upkeep.Difference] | None:
        """Compare with the edition it was copied from."""
        base = _base(after or before)
        if base is None:
            return None
        pair = (base, after) if after is not None else (before or base, base)
        return told(rules.compare(*pair))

    def effects(
        self, item: str, content: upkeep.Content | None, day: date
    ) -> Sequence[upkeep.Effect]:
        """Say what running work meets: open cases of classes that go, what names them."""
        keep = gettext("Cases filed before keep their class, limit and closing condition.")
        if content is None:
            back = gettext("The edition before holds again; what was filed since stays as it is.")
            return [upkeep.Effect(keep), upkeep.Effect(back, "warn")]
        base = _base(content)
        found = [upkeep.Effect(keep)]
        if Edition.objects.filter(valid_from__gte=day).exists():
            words = gettext("An edition begins on that day or later already; choose a later day.")
            found.append(upkeep.Effect(words, "stop"))
        if base is None or not content["classes"]:
            found.append(upkeep.Effect(gettext("An edition has at least one class."), "stop"))
        if base is None:
            return found
        return found + _met(rules.compare(base, content), content["based_on"])


def told(found: Comparison) -> list[upkeep.Difference]:
    """Return a comparison in words, group by group; empty groups are left out."""
    pairs = (
        (gettext("New classes"), found.added, ()),
        (gettext("Retired classes"), (), found.retired),
        (gettext("Standards entered"), found.standards_added, ()),
        (gettext("Standards dropped"), (), found.standards_dropped),
    )
    lists = [
        upkeep.Difference(
            label,
            added=tuple(map(named, added)),
            removed=tuple(map(named, removed)),
            is_list=True,
        )
        for label, added, removed in pairs
        if added or removed
    ]
    changes = (
        (gettext("Renamed"), found.renamed),
        (gettext("Moved"), found.moved),
        (gettext("Changed otherwise"), found.changed),
    )
    singles = [
        upkeep.Difference(label, before=named(old), after=named(new))
        for label, rows in changes
        for old, new in rows
    ]
    return [*singles, *lists]


def named(row: Row) -> str:
    """Return a class or a standard in one line."""
    kinds = {str(kind): str(words) for kind, words in CategoryKind.choices}
    head = f"{kinds.get(row['kind'], row['kind'])} {row['code']}"
    if "number" not in row:
        return f"{head} {row['name_zh']}"
    limit = queries.limit_words(row["limit_value"], row["limit_type"])
    return f"{head} · {row['number']} · {row['condition_zh']} · {limit}"


def _met(found: Comparison, edition: str) -> list[upkeep.Effect]:
    gone = [rules.key_of(row) for row in found.gone]
    effects = []
    rows = [queries.category(*key, edition=edition) for key in gone[:MOST_COUNTED]]
    running = sum(queries.running_of(row.pk) for row in rows if row is not None)
    if running:
        words = ngettext(
            "%(n)s open case has a class that goes; it is worked on as it was filed.",
            "%(n)s open cases have classes that go; they are worked on as they were filed.",
            running,
        )
        effects.append(upkeep.Effect(words % {"n": running}, "warn"))
    for namer in _namers if gone else ():
        effects += [upkeep.Effect(sentence, "warn") for sentence in namer(gone)]
    return effects


def _base(content: upkeep.Content | None) -> Document | None:
    code = (content or {}).get("based_on", "")
    row = Edition.objects.filter(code=code).first()
    if row is None:
        return None
    # The edition before may have ended since; its last day is what was copied.
    today = timezone.localdate()
    return documents.document_of(row, min(today, row.valid_to) if row.valid_to else today)


def _require_clean(rows: list[Row]) -> None:
    for row in rows:
        for value in row.values():
            if isinstance(value, str):
                clean_line(value, max_length=LONGEST_LINE)


def _line(title: str, length: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "title": title, "maxLength": length, **more}


def _rows(title: str, properties: dict[str, Any], required: Sequence[str]) -> dict[str, Any]:
    items = _object(properties, list(required))
    return {"type": "array", "title": title, "maxItems": MOST_ROWS, "items": items}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    schema = {"type": "object", "additionalProperties": False}
    return {**schema, "required": required, "properties": properties}


_TEXT = {"type": "string", "maxLength": 160}
_NAME = {"type": "string", "minLength": 1, "maxLength": 60}
_KEY: dict[str, Any] = {
    "kind": {"enum": list(CategoryKind.values)},
    "code": {"type": "string", "pattern": "^[0-9]{4,5}$"},
}
_CLASS: dict[str, Any] = {
    **_KEY,
    "name_zh": _NAME,
    "name_en": {**_NAME, "maxLength": 100},
    "major_zh": {**_NAME, "maxLength": 40},
    "major_en": {**_NAME, "maxLength": 80},
    "symbol": {"type": "string", "minLength": 1, "maxLength": 40},
    "department_zh": {**_TEXT, "maxLength": 120},
    "department_en": {**_TEXT, "maxLength": 120},
    "of_part": {"type": "boolean"},
    "is_extension": {"type": "boolean"},
}
_STANDARD: dict[str, Any] = {
    **_KEY,
    "number": {"type": "integer", "minimum": 1, "maximum": 99},
    "condition_key": {**_TEXT, "maxLength": 40},
    "condition_zh": {**_TEXT, "minLength": 1, "maxLength": 120},
    "condition_en": _TEXT,
    "limit_value": {"type": "number", "exclusiveMinimum": 0, "maximum": 3650},
    "limit_type": {"enum": [str(each) for each in LimitType]},
    "closing_key": {**_TEXT, "maxLength": 40},
    "closing_zh": {**_TEXT, "minLength": 1, "maxLength": 120},
    "closing_en": _TEXT,
    "region_class": {**_TEXT, "maxLength": 8},
}
