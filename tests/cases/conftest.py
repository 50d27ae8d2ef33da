"""The town, once per test."""

import pytest

from tests import town as towns


@pytest.fixture
def town(db: None) -> towns.Town:
    """A small town with every role."""
    return towns.build()


@pytest.fixture
def photographs(db: None):
    """Upload pictures as a person: photographs(person, 2) gives their keys."""
    import io

    from tests.evidence import files
    from wanmi.evidence import actions as evidence

    def upload(person, number: int) -> list[int]:
        return [
            evidence.record(
                evidence.receive(io.BytesIO(files.picture())), by=person, name=f"{place}.jpg"
            ).pk
            for place in range(number)
        ]

    return upload
