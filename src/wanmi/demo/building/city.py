"""Build the whole demo city on an empty database, step by step, and say how it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TypeVar

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from wanmi.cases import actions as cases
from wanmi.catalogue import actions as catalogue
from wanmi.demo.building import bodies, ground, history, patrols, telephones, things
from wanmi.demo.models import DemoCity
from wanmi.demo.plan.drawing import draw
from wanmi.demo.plan.model import CityPlan
from wanmi.demo.stories import Teller, midnight
from wanmi.geography import queries as geography
from wanmi.kernel.errors import Conflict
from wanmi.triage import actions as triage
from wanmi.workflow import actions as workflow

Say = Callable[[str], None]
Made = TypeVar("Made")

HISTORY_DAYS = 30
CASES = {"tiny": 40, "small": 1500, "medium": 12000, "large": 40000}
"""How many cases the last month has brought."""

FOUNDED_DAYS_AGO = 400


class NotADemoDatabase(Conflict):
    """This database holds a real city; a demo city is never built into it."""

    code = "not_a_demo_database"


@dataclass(frozen=True)
class Progress:
    """Tells each step with the seconds it took."""

    say: Say

    def step(self, words: str, do: Callable[[], Made]) -> Made:
        """Do a step, say how long it took and return what it made."""
        start = monotonic()
        made = do()
        self.say(f"  {words} · {monotonic() - start:.1f} s")
        return made


def existing() -> DemoCity | None:
    """Return the demo city of this database, finished or not."""
    return DemoCity.objects.first()


def is_demo() -> bool:
    """Say whether this is a demo database: only there the demo password opens anything."""
    return DemoCity.objects.exists()


def build(
    seed: int, size: str, *, say: Say, at: datetime | None = None, cases_count: int | None = None
) -> None:
    """Build a demo city on an empty database. Raises NotADemoDatabase where another one lives."""
    at = at or datetime.now(UTC)
    if is_demo() or geography.Area.objects.exists():
        raise NotADemoDatabase
    mark = DemoCity.objects.create(id=1, seed=seed, size=size, begun_at=at)
    progress = Progress(say)
    plan = progress.step(_("drawing the city"), lambda: draw(seed, size))
    parts = _set_up(plan, progress, at)
    count = CASES[size] if cases_count is None else cases_count
    words = _("living through %(days)d days with %(cases)d cases")
    progress.step(
        words % {"days": HISTORY_DAYS, "cases": count}, lambda: _live(plan, parts, count, at)
    )
    progress.step(_("opening the hotline"), lambda: telephones.open_hotline(at=at))
    progress.step(_("planning patrols"), lambda: patrols.plan_patrols(at=at))
    # Learnt by the worker once the city is served; until then nothing is suggested.
    triage.ask_training(by=None)
    mark.built_at = datetime.now(UTC)
    mark.save(update_fields=["built_at"])


def _set_up(plan: CityPlan, progress: Progress, at: datetime) -> list[str]:
    """Enter everything a city has before its first case; return the parts' identifiers."""
    since = (at - timedelta(days=FOUNDED_DAYS_AGO)).date()
    progress.step(
        _("entering %(grids)d unit grids") % {"grids": len(plan.grids)},
        lambda: ground.enter_ground(plan, since=since, at=at),
    )
    progress.step(_("entering the catalogue"), catalogue.enter_shipped_editions)
    progress.step(_("founding bodies"), lambda: bodies.found_bodies(plan, since=since))
    workflow.publish_shipped_procedures(at=at)
    cases.enter_shipped_rules()
    progress.step(
        _("entering %(places)d places") % {"places": len(plan.places)},
        lambda: ground.enter_places(plan, since=since),
    )
    return progress.step(
        _("entering %(parts)d parts") % {"parts": len(plan.parts)},
        lambda: things.enter_parts(plan, since=since, at=at),
    )


def _live(plan: CityPlan, parts: list[str], count: int, at: datetime) -> int:
    teller = Teller(plan, np.random.default_rng([plan.seed, HISTORY_DAYS]))
    first_day = midnight(at - timedelta(days=HISTORY_DAYS), settings.TIME_ZONE)
    moments = teller.moments(first_day, HISTORY_DAYS + 1, count)
    # What the dice put into the rest of today happened yesterday.
    past = sorted(each if each < at else each - timedelta(days=1) for each in moments)
    return history.History(teller, parts, until=at).play(past)
