"""A city that has entered the shipped catalogue."""

import pytest

from wanmi.catalogue import actions as catalogue
from wanmi.catalogue import remembered


@pytest.fixture(autouse=True)
def _calendar_read_anew():
    remembered.forget()
    yield
    remembered.forget()


@pytest.fixture
def shipped_catalogue(db):
    return catalogue.enter_shipped_editions()
