"""The town with its telephones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests import town as towns
from wanmi.hotline import actions as hotline
from wanmi.hotline.models import Call


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role; nobody is at the desk yet."""
    return towns.build()


def rings(number: str = "call-1", phone: str = "138 1234 5678", **more: object) -> Call:
    """Let a call ring now."""
    given = {"by": "telephone", "at": datetime.now(UTC)} | more
    return hotline.ring(number, phone, **given)  # type: ignore[arg-type]  # as given
