"""What a release ships for the first time reaches a city already set up, and only that."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from tests.town import Town
from wanmi.cases import actions as cases
from wanmi.cases.actions import shipping
from wanmi.journal.models import JournalEntry
from wanmi.notices.models import ReminderLayer
from wanmi.workflow.models import AdjustmentRule

RULE = {"kind": "pause", "name_zh": "停办", "name_en": "Pause", "askers": ["handler"]}
LAYER: dict[str, Any] = {
    "name_zh": "月报",
    "name_en": "Monthly, leaders",
    "about": "area",
    "roles": ["leader"],
    "every": "month",
    "at_time": time(9),
}


@pytest.fixture
def release(monkeypatch: Any) -> None:
    """Let the release that follows bring a rule and a layer."""
    monkeypatch.setattr(shipping, "SHIPPED_RULES", (*shipping.SHIPPED_RULES, RULE))
    monkeypatch.setattr(shipping, "SHIPPED_LAYERS", (*shipping.SHIPPED_LAYERS, LAYER))


@pytest.mark.usefixtures("release")
def test_a_new_rule_and_a_new_layer_come_once_and_are_journalled(town: Town) -> None:
    assert cases.take_news() == ["rule pause", "reminders “Monthly, leaders”"]
    ReminderLayer.objects.filter(name_en="Monthly, leaders").delete()

    assert cases.take_news() == []

    assert AdjustmentRule.objects.filter(kind="pause").count() == 1
    told = JournalEntry.objects.filter(actor="release")
    kinds = set(told.values_list("kind", flat=True))
    assert {"workflow.AdjustmentRuleChanged", "notices.LayerChanged"} <= kinds


def test_what_the_city_changed_or_took_out_stays_so(town: Town) -> None:
    AdjustmentRule.objects.filter(kind="void").update(is_active=False)
    ReminderLayer.objects.filter(about="body").delete()

    assert cases.take_news() == []

    assert not AdjustmentRule.objects.get(kind="void").is_active
    assert not ReminderLayer.objects.filter(about="body").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("release")
def test_a_database_without_a_city_gets_nothing() -> None:
    assert cases.take_news() == []
    assert not AdjustmentRule.objects.exists()
