"""Listeners and jobs of one test only."""

import pytest

from wanmi.journal import events as journal_events
from wanmi.journal.actions import jobs


@pytest.fixture(autouse=True)
def _own_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without listeners and with only the room's own job; put all back after."""
    monkeypatch.setattr(journal_events, "_listeners", {})
    monkeypatch.setattr(jobs, "_works", {"journal.hear_again": jobs._works["journal.hear_again"]})
    monkeypatch.setattr(jobs, "_periods", {})
