"""What every test may ask for: shared data, servers, a browser; and how absence is told.

A missing server or browser skips with its reason; `WANMI_TEST_ALL=1` makes that a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytest_plugins = ["tests.servers", "tests.browser"]


def missing(what: str) -> None:
    """Skip the running test for want of something, or fail where nothing may be skipped."""
    if os.environ.get("WANMI_TEST_ALL") == "1":
        pytest.fail(f"{what} (WANMI_TEST_ALL=1 allows no skipping)")
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real reference data beside the checkout; it is never part of the product."""
    named = os.environ.get("WANMI_SHARED_DATA")
    places = [Path(named)] if named else [ROOT.parent / "shared", ROOT.parent.parent / "shared"]
    for place in places:
        if (place / "data").is_dir() and (place / "domain").is_dir():
            return place
    # Only sometimes beside the checkout, so its absence is no failure even in CI.
    pytest.skip("no real data: set WANMI_SHARED_DATA or put it into ../shared")


@pytest.fixture(scope="session", autouse=True)
def _media_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the media of tests out of the developer's own state folder."""
    from django.conf import settings
    from django.test import override_settings

    folder = str(tmp_path_factory.mktemp("media"))
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": folder}}
    with override_settings(MEDIA_ROOT=folder, STORAGES=storages):
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash quickly: Argon2 costs a tenth of a second a person, and has a test of its own."""
    from django.conf import settings
    from django.test import override_settings

    quick = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[quick, *settings.PASSWORD_HASHERS]):
        yield


@pytest.fixture(autouse=True)
def _fresh_ground() -> Iterator[None]:
    """Keep nothing in memory from one test to the next: its rows are rolled back."""
    from wanmi.catalogue import remembered
    from wanmi.geography import queries
    from wanmi.kernel.remembered import forget_everything

    yield
    queries.forget()
    remembered.forget()
    forget_everything()
    remembered.forget()
