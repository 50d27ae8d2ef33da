"""A media folder of its own, and people with posts."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from wanmi.accounts import actions as accounts
from wanmi.organisation import actions as organisation

PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def media_root(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path / "media"


@pytest.fixture
def body(db: None) -> Any:
    organisation.enter_shipped_roles()
    return organisation.found_body(
        "centre", kind="supervision_centre", level="city", name_zh="监督中心", area_path=""
    )


@pytest.fixture
def person(body: Any) -> Any:
    """Makes people who hold one role over the whole city."""

    def make(name: str, role: str = "supervisor") -> Any:
        user = accounts.open_account(name, password=PASSWORD, name_zh=name)
        post = organisation.make_post(body, role, name_zh=name)
        organisation.appoint(user.pk, post)
        return user

    return make


@pytest.fixture
def supervisor(person: Any) -> Any:
    return person("sunli")


@pytest.fixture
def signed_in(supervisor: Any) -> Client:
    client = Client()
    client.force_login(supervisor)
    return client


@pytest.fixture
def bearer(supervisor: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {accounts.give_token('sunli', PASSWORD)}"}
