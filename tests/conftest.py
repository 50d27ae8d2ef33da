"""Fixtures every room may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder that holds ``data/`` and ``domain/``: real data beside the checkout."""
    named = os.environ.get("WANMI_SHARED_DATA")
    places = [Path(named)] if named else [ROOT.parent / "shared", ROOT.parent.parent / "shared"]
    for place in places:
        if (place / "data").is_dir() and (place / "domain").is_dir():
            return place
    pytest.skip("no real data: set WANMI_SHARED_DATA or put it into ../shared")
