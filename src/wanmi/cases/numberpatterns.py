"""The pattern of case numbers under upkeep: from a day on, with the next numbers shown."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from wanmi.kernel.errors import Invalid, Refused
from wanmi.kernel.identifiers import NumberPattern
from wanmi.organisation import queries as organisation
from wanmi.shell import pages
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep import queries as kept
from wanmi.upkeep.queries import groups

from .models import Case, NumberCounter

CASE = "case"
SHOWN_NUMBERS = 3
DIVISION_DIGITS = 6
RESETS = {
    "daily": _("The sequence begins anew every day."),
    "monthly": _("The sequence begins anew every month."),
    "yearly": _("The sequence begins anew every year."),
    "never": _("The sequence never begins anew."),
}


class NumberPatterns(upkeep.KeptMatter):
    """How cases are numbered; numbers already given never change."""

    key = "numbers"
    label = _("Number patterns")
    help = _("How cases are numbered from a day on; numbers already given stay.")
    group = groups.WORK
    duty = organisation.duties.EDIT_PROCEDURES
    icon = "list"

    def items(self) -> Sequence[upkeep.Item]:
        """Return the one pattern there is, with what it says today."""
        return [upkeep.Item(CASE, gettext("Case numbers"), pattern_text(timezone.localdate()))]

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form of a pattern."""
        pattern: dict[str, Any] = {
            "type": "string",
            "title": gettext_noop("Pattern"),
            "description": gettext_noop(
                "{area} code of the area, {yyyy} {yy} {mm} {dd} the day, {seq:05} the sequence "
                "with at least five digits, as the last token."
            ),
            "minLength": 1,
            "maxLength": 60,
        }
        return upkeep.Asked(
            {
                "type": "object",
                "required": ["pattern"],
                "additionalProperties": False,
                "properties": {"pattern": pattern},
            }
        )

    def shipped(self, item: str) -> upkeep.Content | None:
        """Return the pattern of the installation's settings."""
        return {"pattern": settings.CASE_NUMBER_PATTERN} if item == CASE else None

    def check(self, item: str, content: upkeep.Content, scope: organisation.Scope) -> None:
        """Refuse a pattern that could repeat itself or is awkward to type."""
        try:
            NumberPattern(content["pattern"])
        except Refused as refused:
            sentence = pages.sentence(refused)
            raise Invalid(errors=[{"loc": ["pattern"], "msg": sentence}]) from refused

    def effects(
        self, item: str, content: upkeep.Content | None, day: date
    ) -> Sequence[upkeep.Effect]:
        """Show the next numbers, and say when they could meet ones already given."""
        pattern = NumberPattern((content or {}).get("pattern") or settings.CASE_NUMBER_PATTERN)
        said = [str(RESETS[pattern.resets])]
        numbers = next_numbers(pattern, day)
        words = gettext("The next numbers: %(numbers)s")
        said.append(words % {"numbers": " · ".join(numbers)})
        found = [upkeep.Effect(each) for each in said]
        if Case.objects.filter(number__in=numbers).exists():
            taken = gettext("Some of these numbers are taken; those will be passed over.")
            found.append(upkeep.Effect(taken, "warn"))
        return found


def pattern_on(day: date) -> NumberPattern:
    """Return the pattern that numbers the cases of a day of the city."""
    return _read(pattern_text(day))


def pattern_text(day: date) -> str:
    """Return the pattern decided for a day, else the one of the settings."""
    decided = kept.standing(NumberPatterns.key, CASE, day)
    return str(decided["pattern"]) if decided else settings.CASE_NUMBER_PATTERN


def was_ever_changed(day: date) -> bool:
    """Say whether anybody has decided on a pattern, so that numbers could meet."""
    return kept.standing(NumberPatterns.key, CASE, day) is not None


def next_numbers(pattern: NumberPattern, day: date) -> list[str]:
    """Return the numbers that the next cases of a day would get, in a district."""
    area = _area_code()
    scope = pattern.scope(area, day)
    last = NumberCounter.objects.filter(scope=scope).values_list("last", flat=True).first() or 0
    following = range(last + 1, last + 1 + SHOWN_NUMBERS)
    return [pattern.render(area=area, day=day, seq=number) for number in following]


def _area_code() -> str:
    """Return the division whose numbers serve as the example: that of the newest case."""
    paths = Case.objects.exclude(area_path="").order_by("-pk").values_list("area_path", flat=True)
    path = paths.first() or organisation.whole_area()
    codes = path.rstrip("/").split("/")
    return next((code for code in codes if len(code) == DIVISION_DIGITS), codes[-1])


@lru_cache(maxsize=16)
def _read(text: str) -> NumberPattern:
    return NumberPattern(text)
