"""What the public may know in numbers: how much comes in, what about, where, how soon answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import Substr, TruncMonth
from django.utils.translation import get_language, gettext

from wanmi.geography import queries as geography
from wanmi.intake import queries as matters
from wanmi.kernel.remembered import Remembered
from wanmi.shell.pages import spoken

DAYS = 365
WITHIN_DAYS = (1, 3, 7, 15)
MOST_BARS = 12
_STREET_PATH = 25
"""Length of a path down to a street: codes of 2, 4, 6 and 9 digits, each with its slash."""
_kept: Remembered[str, "Figures"] = Remembered(fresh_seconds=600)


@dataclass(frozen=True)
class Bar:
    """One line of a chart: what, how many, and its share of the longest, 0 to 100."""

    label: str
    number: int
    share: int


@dataclass(frozen=True)
class Figures:
    """The numbers of the last 365 days; percentages are of what can have them."""

    received: int
    answered: int
    satisfied_percent: int | None
    months: list[Bar]
    categories: list[Bar]
    streets: list[Bar]
    within: list[Bar]


def figures() -> Figures:
    """Return the numbers, at most ten minutes old."""
    return _kept.get(get_language() or "", lambda: _count(datetime.now(UTC)))


def _count(now: datetime) -> Figures:
    rows = matters.Contact.objects.filter(received_at__gte=now - timedelta(days=DAYS))
    whole = rows.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        rated=Count("pk", filter=~Q(rating="")),
        satisfied=Count("pk", filter=Q(rating="satisfied")),
        **{f"within_{days}": Count("pk", filter=_within(days)) for days in WITHIN_DAYS},
    )
    by_month = rows.annotate(month=TruncMonth("received_at")).values_list("month")
    by_class = rows.exclude(case=None).values_list("case__category_zh", "case__category_en")
    by_street = rows.annotate(street=Substr("area_path", 1, _STREET_PATH)).values_list("street")
    rated = whole["rated"]
    return Figures(
        whole["received"],
        whole["answered"],
        round(100 * whole["satisfied"] / rated) if rated else None,
        _bars((f"{month:%Y-%m}", n) for month, n in sorted(by_month.annotate(n=Count("pk")))),
        _longest((spoken(zh, en), n) for zh, en, n in by_class.annotate(n=Count("pk")) if zh),
        _longest(_streets(by_street.annotate(n=Count("pk")))),
        [
            Bar(gettext("within %(days)s days") % {"days": days}, number, share)
            for days in WITHIN_DAYS
            for number in [whole[f"within_{days}"]]
            for share in [round(100 * number / whole["received"]) if whole["received"] else 0]
        ],
    )


def _within(days: int) -> Q:
    return Q(answered_at__lte=F("received_at") + timedelta(days=days))


def _streets(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    found = [(path, n) for path, n in rows if len(path) == _STREET_PATH]
    names = geography.names_of_many([path for path, _ in found])
    return [
        (spoken(names[path][-1].name_zh, names[path][-1].name_en), n)
        for path, n in found
        if names[path]
    ]


def _longest(pairs: Iterable[tuple[str, int]]) -> list[Bar]:
    return _bars(sorted(pairs, key=lambda pair: -pair[1])[:MOST_BARS])


def _bars(pairs: Iterable[tuple[str, int]]) -> list[Bar]:
    known = list(pairs)
    most = max((number for _, number in known), default=1)
    return [Bar(label, number, round(100 * number / most)) for label, number in known]
