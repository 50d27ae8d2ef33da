"""The town and a program that holds a key."""

import pytest

from tests import town as towns
from wanmi.exchange import actions as exchange


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role."""
    return towns.build()


@pytest.fixture
def key(town: towns.Town) -> str:
    """The key of a program of others."""
    return exchange.issue_key("Fix my town", by=town.admin)[1]
