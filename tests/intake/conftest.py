"""The town with a door that people come in by, and a way out under the test's control."""

import pytest

from tests import town as towns
from wanmi.intake import actions as intake
from wanmi.notices import actions as notices
from wanmi.notices import letters
from wanmi.notices.models import Letter


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role."""
    return towns.build()


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """What leaves by e-mail and text message."""
    sent: list[Letter] = []
    # The real ways out come back when the test is over.
    monkeypatch.setattr(letters, "_channels", dict(letters._channels))

    def keep(letter: Letter) -> str:
        sent.append(letter)
        return f"{letter.channel}-{letter.pk}"

    for channel in ("email", "sms"):
        notices.offer_channel(notices.Channel(channel, keep, lambda: True))
    return sent


@pytest.fixture(autouse=True)
def gate() -> str:
    """A door for tests."""
    intake.offer_door(intake.Door("gate", "大门", "Gate", "web"))
    return "gate"
