"""The rules of adjustments under upkeep: who may ask, who approves, how often, how long."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from wanmi.journal import actions as journal
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep.queries import groups

from . import events, versions
from .models import Adjustment, AdjustmentRule, AdjustmentState, Instance
from .steps import drawing_of

FACTS = (
    "name_zh",
    "name_en",
    "askers",
    "levels",
    "stages",
    "most_approved",
    "longest_days",
    "before_deadline",
    "is_active",
)
MOST_LEVELS = 4


class AdjustmentRules(upkeep.Matter):
    """One rule per kind of adjustment; requests under way keep the chain they were asked with."""

    key = "adjustments"
    label = _("Adjustment rules")
    help = _("Extension, suspension, return, void and appeal: who asks, who approves, the limits.")
    group = groups.WORK
    duty = organisation.duties.EDIT_PROCEDURES
    icon = "clock"

    def items(self) -> Sequence[upkeep.Item]:
        """Return the kinds of adjustment."""
        return [
            upkeep.Item(
                row.kind,
                spoken(row.name_zh, row.name_en),
                "" if row.is_active else gettext("Switched off"),
            )
            for row in AdjustmentRule.objects.order_by("pk")
        ]

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form of a rule; levels are asked one by one, since their order counts."""
        roles = {row.code: row.name for row in organisation.roles()}
        steps = _steps(item)
        role = {"type": "string", "enum": list(roles), "x-ui": "select"}
        levels = {
            f"level_{n}": {**role, "title": title} for n, title in enumerate(_LEVEL_TITLES, start=1)
        }
        schema: dict[str, Any] = {
            "type": "object",
            "required": ["name_zh", "name_en", "askers"],
            "additionalProperties": False,
            "properties": {
                "name_zh": _line(gettext_noop("Chinese name"), 40),
                "name_en": _line(gettext_noop("English name"), 60),
                "askers": _several(gettext_noop("Who may ask"), list(roles), minItems=1),
                **levels,
                "stages": {
                    **_several(gettext_noop("At which steps"), steps),
                    "description": gettext_noop("None chosen means at any step."),
                },
                "most_approved": _number(gettext_noop("How often it may be granted")),
                "longest_days": _number(gettext_noop("Longest, in natural days")),
                "before_deadline": _yes(gettext_noop("Only before the deadline")),
                "is_active": _yes(gettext_noop("In use")),
            },
        }
        options = {"options": roles}
        hints: dict[str, Any] = {"askers": options, **dict.fromkeys(levels, options)}
        hints["stages"] = {"options": _step_words(steps)}
        return upkeep.Asked(schema, hints)

    def now(self, item: str) -> upkeep.Content | None:
        """Return a rule as it stands; what is not limited is left out."""
        row = AdjustmentRule.objects.filter(kind=item).first()
        if row is None:
            return None
        content = {name: getattr(row, name) for name in FACTS}
        levels = {f"level_{n}": role for n, role in enumerate(content.pop("levels"), start=1)}
        return {k: v for k, v in (content | levels).items() if v is not None and v != []}

    def keep(
        self, item: str, content: upkeep.Content | None, *, by: journal.Actor, at: datetime
    ) -> None:
        """Write the rule."""
        given = content or {}
        row = AdjustmentRule.objects.select_for_update().get(kind=item)
        for name in ("name_zh", "name_en"):
            setattr(row, name, given[name])
        for name in ("askers", "stages"):
            setattr(row, name, given.get(name, []))
        row.levels = [given[level] for level in _level_names() if given.get(level)]
        row.most_approved, row.longest_days = given.get("most_approved"), given.get("longest_days")
        row.before_deadline = given.get("before_deadline", False)
        row.is_active = given.get("is_active", False)
        row.save()
        journal.publish(events.AdjustmentRuleChanged(row.kind), by=by, at=at)

    def effects(
        self, item: str, content: upkeep.Content | None, day: date
    ) -> Sequence[upkeep.Effect]:
        """Say how many requests and running procedures this meets."""
        given = content or {}
        waiting = Adjustment.objects.filter(kind=item, state=AdjustmentState.PENDING).count()
        running = Instance.objects.filter(ended_at__isnull=True).count()
        found = [
            _counted(
                ngettext(
                    "%(n)s running procedure can be asked for by the new rule.",
                    "%(n)s running procedures can be asked for by the new rule.",
                    running,
                ),
                running,
            ),
            _counted(
                ngettext(
                    "%(n)s request waits for a decision and keeps the levels it was asked with.",
                    "%(n)s requests wait for a decision and keep the levels they were asked with.",
                    waiting,
                ),
                waiting,
            ),
        ]
        if not any(given.get(level) for level in _level_names()):
            words = gettext("Nobody approves: what is asked for takes effect at once.")
            found.append(upkeep.Effect(words, "warn"))
        for role in [*given.get("askers", []), *(given.get(name) for name in _level_names())]:
            if role and not organisation.people_with_role(role):
                found.append(upkeep.Effect(_nobody(role), "warn"))
        return found


_LEVEL_TITLES = (
    gettext_noop("First to approve"),
    gettext_noop("Second to approve"),
    gettext_noop("Third to approve"),
    gettext_noop("Fourth to approve"),
)


def _level_names() -> list[str]:
    return [f"level_{n}" for n in range(1, MOST_LEVELS + 1)]


def _counted(sentence: str, n: int) -> upkeep.Effect:
    return upkeep.Effect(sentence % {"n": n})


def _nobody(role: str) -> str:
    row = organisation.role(role)
    return gettext("Nobody holds the role “%(role)s”.") % {"role": row.name if row else role}


def _steps(item: str) -> list[str]:
    """Return the steps in which an adjustment can be asked: those of the newest drawings."""
    row = AdjustmentRule.objects.filter(kind=item).first()
    named = list(_newest_steps())
    return named + [step for step in (row.stages if row else []) if step not in named]


def _step_words(steps: list[str]) -> dict[str, str]:
    named = _newest_steps()
    return {step: spoken(*named[step]) if step in named else step for step in steps}


def _newest_steps() -> dict[str, tuple[str, str]]:
    """Return the steps of the newest drawings with their names, in the order of the drawings."""
    drawings = [drawing_of(row) for row in versions.procedures()]
    return {
        step.id: (step.name_zh, step.name_en) for each in drawings for step in each.steps.values()
    }


def _line(title: str, length: int) -> dict[str, Any]:
    return {"type": "string", "title": title, "minLength": 1, "maxLength": length}


def _several(title: str, names: list[str], **more: Any) -> dict[str, Any]:
    items = {"type": "string", "enum": names}
    return {"type": "array", "title": title, "items": items, "uniqueItems": True, **more}


def _number(title: str) -> dict[str, Any]:
    return {"type": "integer", "title": title, "minimum": 1, "maximum": 3650}


def _yes(title: str) -> dict[str, Any]:
    return {"type": "boolean", "title": title}
