"""The first set-up of a real city: once, whole, and workable at once."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.house import PACKAGE
from wanmi.accounts.models import User
from wanmi.config.founding import CityExists
from wanmi.config.management.commands.init import PasswordsDiffer
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.organisation.models import Body
from wanmi.workflow.models import AdjustmentRule, Procedure

PASSWORD = "a-long-first-password"


def init(**more: str) -> str:
    said = StringIO()
    call_command("init", city_code="1101", city_name="北京市", stdout=said, **more)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _password(db, monkeypatch):
    monkeypatch.setenv("WANMI_ADMIN_PASSWORD", PASSWORD)


def test_a_city_is_ready_to_be_filled():
    init()

    admin = User.objects.get(username="admin")
    assert admin.check_password(PASSWORD)
    assert organisation.scope_of(admin).may(organisation.duties.EDIT_PEOPLE, "1101/110108/")
    published = set(Procedure.objects.values_list("code", flat=True))
    assert published == {path.stem for path in PACKAGE.glob("*/data/*.bpmn")}
    assert AdjustmentRule.objects.filter(kind="extension").exists()


def test_a_city_is_set_up_once():
    init()

    with pytest.raises(CityExists):
        init(admin="second")

    assert User.objects.count() == 1


def test_a_weak_password_leaves_nothing_behind(monkeypatch):
    monkeypatch.setenv("WANMI_ADMIN_PASSWORD", "short")

    with pytest.raises(Invalid):
        init()

    assert not Body.objects.exists()


def test_two_different_passwords_are_refused(monkeypatch):
    monkeypatch.delenv("WANMI_ADMIN_PASSWORD")
    answers = iter(["one-long-password", "another-long-password"])
    monkeypatch.setattr("getpass.getpass", lambda words: next(answers))

    with pytest.raises(PasswordsDiffer):
        init()
