"""Passwords are hard to guess, tokens cannot be read, and names cannot be told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from wanmi.accounts import actions as accounts
from wanmi.accounts.models import Token, User
from wanmi.config.settings import security
from wanmi.journal.models import JournalEntry
from wanmi.kernel.errors import Invalid

NOON = datetime(2026, 11, 16, 4, tzinfo=UTC)
PASSWORD = "a-long-test-password"


@pytest.fixture
def person(db: None) -> User:
    return accounts.open_account("sunli", password=PASSWORD, name_zh="孙丽")


def fail(times: int, at: datetime = NOON) -> None:
    for _ in range(times):
        with pytest.raises(accounts.WrongCredentials):
            accounts.check_credentials("sunli", "wrong", now=at)


def test_passwords_are_kept_as_argon2(db: None) -> None:
    # The tests use a quicker hasher; a city uses what its settings say.
    with override_settings(PASSWORD_HASHERS=security.PASSWORD_HASHERS):
        person = accounts.open_account("sunli", password=PASSWORD, name_zh="孙丽")

    assert person.password.startswith("argon2$")


@pytest.mark.parametrize("weak", ["short", "password123", "sunli12345"])
def test_weak_passwords_are_refused(db: None, weak: str) -> None:
    with pytest.raises(Invalid):
        accounts.open_account("sunli1234", password=weak, name_zh="孙丽")


def test_a_name_is_taken_once(person: User) -> None:
    with pytest.raises(accounts.NameTaken):
        accounts.open_account("sunli", password=PASSWORD, name_zh="另一人")


def test_too_many_wrong_passwords_lock_the_account(person: User) -> None:
    fail(settings.SIGN_IN_ATTEMPTS)

    with pytest.raises(accounts.AccountIsLocked):
        accounts.check_credentials("sunli", PASSWORD, now=NOON)
    later = NOON + timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES, seconds=1)
    assert accounts.check_credentials("sunli", PASSWORD, now=later) == person


def test_a_right_password_forgets_the_wrong_ones(person: User) -> None:
    fail(settings.SIGN_IN_ATTEMPTS - 1)
    accounts.check_credentials("sunli", PASSWORD, now=NOON)
    fail(settings.SIGN_IN_ATTEMPTS - 1)

    assert accounts.check_credentials("sunli", PASSWORD, now=NOON) == person


def test_asking_for_tokens_locks_as_well(person: User) -> None:
    def ask(password: str) -> Any:
        body = {"username": "sunli", "password": password}
        return Client().post("/api/v1/auth/token", body, content_type="application/json")

    statuses = [ask("wrong").status_code for _ in range(settings.SIGN_IN_ATTEMPTS)]

    assert statuses == [401] * settings.SIGN_IN_ATTEMPTS
    assert ask(PASSWORD).status_code == 423


def test_an_unknown_name_is_answered_like_a_wrong_password(person: User) -> None:
    def told(name: str) -> tuple[int, Any]:
        body = {"username": name, "password": "wrong"}
        answer = Client().post("/api/v1/auth/token", body, content_type="application/json")
        return answer.status_code, answer.json()

    assert told("sunli") == told("nobody")


def test_only_the_digest_of_a_token_is_kept(person: User) -> None:
    secret = accounts.give_token("sunli", PASSWORD, now=NOON)

    kept = [str(row) for row in Token.objects.values_list()]
    told = [str(row) for row in JournalEntry.objects.values_list()]

    assert accounts.bearer(secret, now=NOON) == person
    assert not [row for row in kept + told if secret in row]


def test_tokens_expire_and_can_be_taken_back(person: User) -> None:
    secret = accounts.give_token("sunli", PASSWORD, now=NOON)
    other = accounts.give_token("sunli", PASSWORD, now=NOON)

    accounts.revoke_token(secret, by=person)

    assert accounts.bearer(secret, now=NOON) is None
    assert accounts.bearer(other, now=NOON) == person
    assert accounts.bearer(other, now=NOON + timedelta(days=settings.TOKEN_DAYS, seconds=1)) is None


def test_nobody_takes_back_anothers_token(person: User) -> None:
    secret = accounts.give_token("sunli", PASSWORD, now=NOON)
    stranger = accounts.open_account("zhao", password=PASSWORD, name_zh="赵")

    accounts.revoke_token(secret, by=stranger)

    assert accounts.bearer(secret, now=NOON) == person


def test_a_locked_out_person_has_no_token(person: User) -> None:
    secret = accounts.give_token("sunli", PASSWORD, now=NOON)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert accounts.bearer(secret, now=NOON) is None


def test_signing_in_leads_to_no_other_site(person: User) -> None:
    body = {"username": "sunli", "password": PASSWORD, "next": "https://example.org/"}

    assert Client().post("/sign-in", body)["Location"] == "/"
