"""The reader's words for surveys and their figures."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanmi.workflow.queries import Fact, either, person

from .models import ShareState, Survey, SurveyShare

SPLITS = {"street": _("Street"), "community": _("Community"), "duty_grid": _("Duty grid")}


def class_of(survey: Survey) -> str:
    """Return the class a survey counts, with its code."""
    return f"{survey.category_code} {either(survey.category_zh, survey.category_en)}"


def period_of(survey: Survey) -> str:
    """Return the first and the last day."""
    return f"{survey.starts_on:%Y-%m-%d} – {survey.ends_on:%Y-%m-%d}"


def share_state(share: SurveyShare) -> str:
    """Return where a share stands."""
    return str(ShareState(share.state).label)


def figures(known: Mapping[str, int]) -> list[Fact]:
    """Return the figures of a survey as facts."""
    return [
        Fact(gettext("Shares in"), f"{known['done']} / {known['shares'] - known['withdrawn']}"),
        Fact(gettext("Counted"), str(known["counted"])),
        Fact(gettext("Of these with problems"), str(known["faulty"])),
        Fact(gettext("Cases found"), str(known["found"])),
    ]


def counts_of(share: SurveyShare) -> list[Fact]:
    """Return what a share's collector brought in."""
    return [
        Fact(gettext("Counted"), str(share.counted)),
        Fact(gettext("Of these with problems"), str(share.faulty)),
        Fact(gettext("Remarks"), share.remarks),
        Fact(gettext("Collector"), person(share.collector)),
    ]


def percent(known: Mapping[str, Any]) -> int:
    """Return how many of a hundred shares are in; withdrawn ones do not count."""
    every = known["shares"] - known["withdrawn"]
    return round(100 * known["done"] / every) if every else 0
