"""The town with its terminal."""

import pytest

from tests import town as towns


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role."""
    return towns.build()
