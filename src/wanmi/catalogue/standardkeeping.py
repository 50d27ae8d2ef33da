"""Filing standards and default limits under upkeep: conditions, limits, closing, from a day on."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from wanmi.journal import actions as journal
from wanmi.kernel.limits import Limit, LimitType
from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep.queries import groups

from . import actions, queries
from .models import CaseStandard, Category, CategoryKind
from .words import limit_words

Schema = dict[str, Any]
MOST_FOUND = 50


def key_of(row: CaseStandard) -> str:
    """Return how a filing condition is named under upkeep: edition.kind.class.number."""
    category = row.category
    parts = (category.edition.code, category.kind, category.code, str(row.condition_no))
    return ".".join(parts)


class FilingStandards(upkeep.Matter):
    """One condition of a class: when it is filed, the limit, what closing demands."""

    key = "standards"
    label = _("Filing standards and limits")
    help = _("Condition, handling limit and closing condition of each class, from a day on.")
    group = groups.RULES
    duty = organisation.duties.EDIT_CATALOGUE
    icon = "book"
    may_add = True
    key_form = r"[0-9a-z]{1,10}\.(part|event)\.[0-9]{4,5}\.[1-9][0-9]?"

    def items(self) -> Sequence[upkeep.Item]:
        """Return the first conditions of the edition in force."""
        return self.search("")

    def search(self, words: str) -> Sequence[upkeep.Item]:
        """Return conditions of the edition in force by code or name of the class."""
        classes = queries.categories(None, words or None, timezone.localdate())
        rows = queries.standards_in([row.pk for row in classes[:MOST_FOUND]])
        return [
            upkeep.Item(key_of(row), _name(row.category, row), row.limit)
            for row in rows[:MOST_FOUND]
        ]

    def label_of(self, item: str) -> str:
        """Return class and number of a condition."""
        category, number = _category(item)
        return f"{category.name} · {number}" if category else item

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form of a condition."""
        types = _types()
        properties: Schema = {
            "condition_zh": _line(gettext_noop("Filed when (Chinese)"), 120, 2),
            "condition_en": _line(gettext_noop("Filed when (English)"), 160),
            "limit_value": _amount(),
            "limit_type": {
                "type": "string",
                "title": gettext_noop("Counted in"),
                "enum": list(types),
                "x-ui": "select",
            },
            "closing_zh": _line(gettext_noop("Closed when (Chinese)"), 120, 2),
            "closing_en": _line(gettext_noop("Closed when (English)"), 160),
        }
        required = ["condition_zh", "limit_value", "limit_type", "closing_zh"]
        return upkeep.Asked(_object(properties, required), {"limit_type": {"options": types}})

    def now(self, item: str) -> upkeep.Content | None:
        """Return a condition as it holds today."""
        row = _standard(item)
        if row is None:
            return None
        facts = {
            "condition_zh": row.condition_zh,
            "condition_en": row.condition_en,
            "limit_value": _plain(row.limit_value),
            "limit_type": row.limit_type,
            "closing_zh": row.closing_zh,
            "closing_en": row.closing_en,
        }
        return {name: said for name, said in facts.items() if said != ""}

    def check(self, item: str, content: upkeep.Content, scope: organisation.Scope) -> None:
        """Refuse a condition of a class that is not there."""
        if _category(item)[0] is None:
            raise upkeep.UnusableKey

    def keep(
        self, item: str, content: upkeep.Content | None, *, by: journal.Actor, at: datetime
    ) -> None:
        """Let the condition hold from today on, or no longer."""
        category, number = _category(item)
        if category is None:
            return
        today = timezone.localdate(at)
        if content is None:
            actions.end_standard(category, number, on=today, by=by)
            return
        before = _standard(item)
        actions.enter_standard(
            category,
            condition_no=number,
            limit=Limit(Decimal(str(content["limit_value"])), LimitType(content["limit_type"])),
            valid_from=today,
            condition_key=before.condition_key if before else "other",
            condition_zh=content["condition_zh"],
            condition_en=content.get("condition_en", ""),
            closing_key=before.closing_key if before else "other",
            closing_zh=content["closing_zh"],
            closing_en=content.get("closing_en", ""),
            replaces_today=True,
            by=by,
        )

    def effects(
        self, item: str, content: upkeep.Content | None, day: date
    ) -> Sequence[upkeep.Effect]:
        """Say how many running cases keep the old, and how the new limit reads."""
        category, _number = _category(item)
        if category is None:
            return [upkeep.Effect(gettext("There is no such class."), "stop")]
        running = queries.running_of(category.pk)
        words = ngettext(
            "%(n)s running case of this class keeps the limit it was filed with.",
            "%(n)s running cases of this class keep the limit they were filed with.",
            running,
        )
        found = [upkeep.Effect(words % {"n": running})]
        if content is None:
            found.append(upkeep.Effect(gettext("Nothing is filed by this condition then."), "warn"))
        else:
            limit = limit_words(Decimal(str(content["limit_value"])), content["limit_type"])
            found.append(upkeep.Effect(gettext("New limit: %(limit)s") % {"limit": limit}))
        return found


class DefaultLimits(upkeep.Matter):
    """The limit of classes of a kind that have no filing standard."""

    key = "default-limits"
    label = _("Default limits")
    help = _("How long handling may take where a class has no filing standard.")
    group = groups.RULES
    duty = organisation.duties.EDIT_CATALOGUE
    icon = "clock"

    def items(self) -> Sequence[upkeep.Item]:
        """Return parts and events with their limits."""
        kinds = {str(value): str(words) for value, words in CategoryKind.choices}
        rows = {kind: queries.default_limit(kind) for kind in kinds}
        return [upkeep.Item(kind, kinds[kind], row.limit) for kind, row in rows.items() if row]

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form of a limit."""
        types = _types()
        unit = {"type": "string", "title": gettext_noop("Counted in"), "enum": list(types)}
        properties = {"limit_value": _amount(), "limit_type": {**unit, "x-ui": "select"}}
        return upkeep.Asked(
            _object(properties, list(properties)), {"limit_type": {"options": types}}
        )

    def now(self, item: str) -> upkeep.Content | None:
        """Return the limit of a kind."""
        row = queries.default_limit(item)
        if row is None:
            return None
        return {"limit_value": _plain(row.limit_value), "limit_type": row.limit_type}

    def keep(
        self, item: str, content: upkeep.Content | None, *, by: journal.Actor, at: datetime
    ) -> None:
        """Set the limit."""
        if content is not None:
            value = Decimal(str(content["limit_value"]))
            actions.set_default_limit(item, Limit(value, LimitType(content["limit_type"])), by=by)

    def effects(
        self, item: str, content: upkeep.Content | None, day: date
    ) -> Sequence[upkeep.Effect]:
        """Say that running cases are left alone."""
        return [upkeep.Effect(gettext("Running cases keep the limit they were filed with."))]


def _category(item: str) -> tuple[Category | None, int]:
    edition, kind, code, number = [*item.split("."), "", "", "", ""][:4]
    if kind not in CategoryKind.values or not number.isdigit():
        return None, 0
    return queries.category(kind, code, edition=edition), int(number)


def _standard(item: str) -> CaseStandard | None:
    category, number = _category(item)
    rows = queries.standards_of(category) if category is not None else []
    return next((row for row in rows if row.condition_no == number), None)


def _name(category: Category, row: CaseStandard) -> str:
    return f"{category.code} {category.name} · {row.condition}"


def _types() -> dict[str, str]:
    return {str(each): limit_words(Decimal(1), each) for each in LimitType}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _amount() -> Schema:
    title = gettext_noop("Limit")
    return {"type": "number", "title": title, "exclusiveMinimum": 0, "maximum": 3650}


def _line(title: str, length: int, least: int = 0) -> Schema:
    line = {"type": "string", "title": title, "maxLength": length, "x-ui": "text"}
    return line | ({"minLength": least} if least else {})


def _object(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }
