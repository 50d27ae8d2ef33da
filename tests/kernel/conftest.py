"""Files written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine stalls now and then; how quick something is has its own tests.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file
