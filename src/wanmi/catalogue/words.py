"""Limits in words."""

from decimal import Decimal

from django.utils.translation import ngettext

from wanmi.kernel.limits import LimitType


def limit_words(value: Decimal | float | str, kind: str) -> str:
    """Return a limit as people say it, in the reader's language."""
    number = Decimal(str(value))
    plural = 1 if number == 1 else 2
    said = {
        LimitType.URGENT_HOUR: ngettext(
            "%(number)s urgent hour", "%(number)s urgent hours", plural
        ),
        LimitType.WORK_HOUR: ngettext("%(number)s work hour", "%(number)s work hours", plural),
        LimitType.WORK_DAY: ngettext("%(number)s work day", "%(number)s work days", plural),
        LimitType.NATURAL_DAY: ngettext(
            "%(number)s natural day", "%(number)s natural days", plural
        ),
    }[LimitType(kind)]
    return said % {"number": f"{number.normalize():f}"}
