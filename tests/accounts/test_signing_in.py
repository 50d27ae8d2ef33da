"""The page and the interface let the right people in, and tell the others nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.utils import timezone

from tests import town
from tests.town import PASSWORD, Town
from wanmi.accounts import actions as accounts
from wanmi.accounts.models import Token, User
from wanmi.config.settings import security


@pytest.fixture
def people(db: None) -> Town:
    return town.build()


def sign_in(client: Client, username: str, password: str, wanted: str = "") -> Any:
    body = {"username": username, "password": password, "next": wanted}
    return client.post("/sign-in", body, headers={"accept-language": "en"})


def ask_for_cases(secret: str) -> Any:
    return Client().get("/api/v1/cases", headers={"authorization": f"Bearer {secret}"})


def test_a_locked_account_refuses_the_right_password_until_the_time_is_over(people: Town) -> None:
    client = Client()
    statuses = [
        sign_in(client, "leader", "wrong").status_code for _ in range(settings.SIGN_IN_ATTEMPTS)
    ]

    assert statuses == [401] * settings.SIGN_IN_ATTEMPTS
    assert sign_in(client, "leader", PASSWORD).status_code == 423
    assert "_auth_user_id" not in client.session
    User.objects.filter(username="leader").update(locked_until=timezone.now() - timedelta(1))
    assert sign_in(client, "leader", PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(people.leader.pk)


def test_a_lock_is_told_in_minutes_and_only_to_its_account(people: Town) -> None:
    for _ in range(settings.SIGN_IN_ATTEMPTS):
        sign_in(Client(), "leader", "wrong")

    left = User.objects.get(username="leader").locked_until - timezone.now()
    whole = timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)
    assert whole - timedelta(minutes=1) < left <= whole
    assert sign_in(Client(), "admin", PASSWORD).status_code == 302


def test_a_wrong_name_and_a_wrong_password_read_the_same(people: Town) -> None:
    def told(name: str) -> tuple[int, str]:
        client = Client()
        answer = sign_in(client, name, "wrong")
        token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
        page = answer.content.decode().replace(name, "NAME")
        return answer.status_code, _without_tokens(page, token)

    assert told("leader") == told("nobody-here")


def _without_tokens(page: str, cookie: str) -> str:
    """Leave out what differs between any two answers: the CSRF token and the nonce."""
    import re

    plain = page.replace(cookie, "") if cookie else page
    return re.sub(r"[A-Za-z0-9_\-]{20,}={0,2}", "", plain)


def test_an_inactive_account_is_answered_like_a_wrong_password(people: Town) -> None:
    User.objects.filter(username="leader").update(is_active=False)

    with pytest.raises(accounts.WrongCredentials):
        accounts.check_credentials("leader", PASSWORD)
    assert sign_in(Client(), "leader", PASSWORD).status_code == 401


def test_a_session_ends_when_its_account_is_locked_by_hand(people: Town) -> None:
    client = Client()
    sign_in(client, "leader", PASSWORD)
    assert client.get("/api/v1/cases").status_code == 200

    accounts.lock_account(people.leader, by=people.admin)

    assert client.get("/api/v1/cases").status_code == 401


def test_the_key_of_the_session_changes_at_sign_in(people: Town) -> None:
    client = Client()
    session = client.session
    session["left_by_a_stranger"] = 1
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted

    sign_in(client, "leader", PASSWORD)

    assert client.session["_auth_user_id"] == str(people.leader.pk)
    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert "_auth_user_id" not in stranger.session


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "\\\\example.org",
        "javascript:alert(1)",
        "http:example.org",
        " //example.org",
    ],
)
def test_signing_in_leads_only_into_the_house(people: Town, elsewhere: str) -> None:
    assert sign_in(Client(), "leader", PASSWORD, elsewhere)["Location"] == "/"


def test_signing_in_leads_where_the_person_wanted(people: Town) -> None:
    answer = sign_in(Client(), "leader", PASSWORD, "/cases?phase=handling")

    assert answer["Location"] == "/cases?phase=handling"


def test_a_bearer_token_opens_the_interface_and_only_its_digest_is_kept(people: Town) -> None:
    secret = accounts.give_token("leader", PASSWORD)

    assert ask_for_cases(secret).status_code == 200
    row = Token.objects.get(user=people.leader)
    assert secret not in {str(value) for value in vars(row).values()}
    # The digest itself opens nothing.
    assert ask_for_cases(row.digest).status_code == 401


@pytest.mark.parametrize(
    "spoilt",
    [
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"revoked_at": timezone.now()},
    ],
    ids=["expired", "revoked"],
)
def test_a_spent_token_is_refused_as_a_problem(people: Town, spoilt: dict[str, Any]) -> None:
    secret = accounts.give_token("leader", PASSWORD)
    Token.objects.update(**spoilt)

    answer = ask_for_cases(secret)

    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["status"] == 401


def test_a_token_revokes_itself_over_http(people: Town) -> None:
    secret = accounts.give_token("leader", PASSWORD)

    gone = Client().delete("/api/v1/auth/token", headers={"authorization": f"Bearer {secret}"})

    assert gone.status_code == 204
    assert ask_for_cases(secret).status_code == 401


def test_a_city_hashes_with_argon2_alone(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = security.PASSWORD_HASHERS

    person = accounts.open_account("sunli", password=PASSWORD, name_zh="孙丽")

    assert len(security.PASSWORD_HASHERS) == 1
    assert identify_hasher(person.password).algorithm == "argon2"
    assert accounts.check_credentials("sunli", PASSWORD) == person
