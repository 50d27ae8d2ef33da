"""A release adds what an installation has never seen, and touches nothing the city decided."""

from typing import Any

import pytest
from django.core.management import call_command

from wanmi.journal.models import JournalEntry
from wanmi.organisation import actions as organisation
from wanmi.organisation import duties
from wanmi.organisation.actions import shipped
from wanmi.organisation.models import Role, Shipped


@pytest.fixture
def city(db: None) -> None:
    organisation.enter_shipped_roles()


def ship(monkeypatch: Any, **more: tuple[str, ...]) -> None:
    """Let the release that follows bring duties for roles, and new roles."""
    roles = dict(duties.SHIPPED_ROLES)
    for code, new in more.items():
        zh, en, held = roles.get(code, (code, code, ()))
        roles[code] = (zh, en, (*held, *new))
    monkeypatch.setattr(shipped, "SHIPPED_ROLES", roles)


def held(code: str) -> set[str]:
    return set(Role.objects.get(code=code).duties)


def told() -> list[str]:
    rows = JournalEntry.objects.filter(kind="organisation.RoleSet", actor="release")
    return list(rows.order_by("number").values_list("subject", flat=True))


@pytest.mark.usefixtures("city")
def test_a_new_duty_goes_to_its_roles_once(monkeypatch: Any) -> None:
    ship(monkeypatch, street=("things.see",), admin=("things.see",))

    assert organisation.take_news() == {"admin": ("things.see",), "street": ("things.see",)}
    assert organisation.take_news() == {}

    assert "things.see" in held("street")
    assert "things.see" not in held("citizen")
    assert told() == ["role:admin", "role:street"]


@pytest.mark.usefixtures("city")
def test_what_the_city_took_away_stays_away(monkeypatch: Any) -> None:
    Role.objects.filter(code="street").update(duties=["cases.see"])
    Role.objects.filter(code="citizen").delete()
    ship(monkeypatch, street=("things.see",))
    organisation.take_news()
    Role.objects.filter(code="street").update(duties=["cases.see"])

    organisation.take_news()

    assert held("street") == {"cases.see"}
    assert not Role.objects.filter(code="citizen").exists()


@pytest.mark.usefixtures("city")
def test_a_known_duty_is_given_to_no_further_role(monkeypatch: Any) -> None:
    ship(monkeypatch, citizen=("cases.see",))

    assert organisation.take_news() == {}
    assert "cases.see" not in held("citizen")


@pytest.mark.usefixtures("city")
def test_a_new_role_is_entered_unless_the_city_has_one_of_that_name(monkeypatch: Any) -> None:
    Role.objects.create(code="nurse", name_zh="护士", name_en="Nurse", duties=["cases.see"])
    ship(monkeypatch, gardener=("cases.see",), nurse=("cases.report",))

    organisation.take_news()

    assert held("gardener") == {"cases.see"}
    assert held("nurse") == {"cases.see"}
    assert told() == ["role:gardener"]


@pytest.mark.usefixtures("city")
def test_migrating_takes_the_news(monkeypatch: Any) -> None:
    ship(monkeypatch, street=("things.see",))

    call_command("migrate", verbosity=0)

    assert "things.see" in held("street")


def test_an_empty_database_is_left_alone(db: None) -> None:
    assert organisation.take_news() == {}
    assert not Shipped.objects.exists()


def test_an_older_installation_gets_only_what_came_later(db: None) -> None:
    from importlib import import_module

    from django.apps import apps

    Role.objects.create(code="street", name_zh="街道", name_en="Street", duties=["cases.see"])
    import_module("wanmi.organisation.migrations.0002_shipped").note_what_is_there(apps, None)

    gained = organisation.take_news()

    assert "cases.urge" not in held("street")
    assert not set(gained.get("street", ())) & {"cases.urge", "cases.report"}
    assert not Role.objects.filter(code="admin").exists()
