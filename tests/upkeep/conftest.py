"""The small town, and signing in to read English."""

import pytest

from tests import town as towns


@pytest.fixture
def town(db):
    """Return the town with its people."""
    return towns.build()


@pytest.fixture
def sign_in(client):
    """Return a function that signs somebody in, reading English."""

    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return sign_in
