"""The town whose reports are looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import town as towns
from wanmi.kernel.remembered import forget_everything


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role."""
    return towns.build()


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Versions are remembered for seconds; a test's version ends with it."""
    forget_everything()
    yield
    forget_everything()
