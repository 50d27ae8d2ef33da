"""Everybody looks after their own account: profile, preferences, password, tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests import town
from tests.town import PASSWORD, Town
from wanmi.accounts import actions as accounts
from wanmi.accounts import queries
from wanmi.accounts.models import Token, User
from wanmi.journal.models import JournalEntry
from wanmi.kernel.errors import Invalid

NEW = "another-long-password"


@pytest.fixture
def people(db: None) -> Town:
    return town.build()


@pytest.fixture
def me(people: Town) -> Client:
    return signed_in("leader")


def signed_in(username: str, password: str = PASSWORD) -> Client:
    client = Client(headers={"accept-language": "en"})
    assert client.post("/sign-in", {"username": username, "password": password}).status_code == 302
    return client


def said() -> list[str]:
    kinds = JournalEntry.objects.filter(kind__startswith="accounts.").order_by("number")
    return list(kinds.values_list("kind", flat=True))


def change(client: Client, **more: str) -> Any:
    body = {"current": PASSWORD, "new": NEW, "again": NEW, "with_tokens": "1"}
    return client.post("/me/password", body | more)


def test_a_new_password_ends_every_other_session_and_the_tokens(people: Town, me: Client) -> None:
    elsewhere = signed_in("leader")
    secret = accounts.give_token("leader", PASSWORD)

    assert change(me).status_code == 302

    assert me.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 302
    assert accounts.bearer(secret) is None
    assert accounts.check_credentials("leader", NEW).pk == people.leader.pk
    assert said()[-1] == "accounts.PasswordChanged"


def test_tokens_may_outlive_a_password(people: Town, me: Client) -> None:
    secret = accounts.give_token("leader", PASSWORD)

    change(me, with_tokens="")

    assert accounts.bearer(secret) == people.leader


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"current": "wrong"}, "The current password is wrong."),
        ({"again": "different-again"}, "The two new passwords differ; type them again."),
        ({"new": "short", "again": "short"}, "at least 10 characters"),
        ({"new": PASSWORD, "again": PASSWORD}, "The new password is the old one"),
    ],
)
def test_a_refused_password_changes_nothing(me: Client, sent: dict[str, str], told: str) -> None:
    answer = change(me, **sent)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert NEW not in answer.content.decode()
    assert accounts.check_credentials("leader", PASSWORD)


def test_guessing_the_current_password_locks_the_account(me: Client) -> None:
    statuses = [change(me, current="wrong").status_code for _ in range(settings.SIGN_IN_ATTEMPTS)]

    assert statuses == [422] * settings.SIGN_IN_ATTEMPTS
    assert change(me).status_code == 423


def test_somebody_else_may_not_give_a_password_everybody_knows(people: Town) -> None:
    with pytest.raises(Invalid):
        accounts.reset_password(people.leader, "wanmi-demo", by=people.admin)


def test_a_profile_is_changed_and_the_journal_keeps_no_name(people: Town, me: Client) -> None:
    body = {"name_zh": "  孙 丽 ", "name_en": "Sun Li", "phone": "010-12345678", "email": "s@a.cn"}

    assert me.post("/me/profile", body)["Location"] == "/me?saved=profile#profile"

    user = User.objects.get(username="leader")
    assert (user.name_zh, user.phone, user.email) == ("孙 丽", "010-12345678", "s@a.cn")
    row = JournalEntry.objects.get(kind="accounts.ProfileChanged")
    assert sorted(row.data["fields"]) == ["email", "name_en", "name_zh", "phone"]
    assert "孙" not in str(row.data)


@pytest.mark.parametrize(
    "wrong", [{"name_zh": ""}, {"phone": "call me"}, {"email": "nobody"}, {"name_zh": "a\0b"}]
)
def test_a_refused_profile_shows_what_was_sent(me: Client, wrong: dict[str, str]) -> None:
    body = {"name_zh": "孙丽", "name_en": "Sun Li", "phone": "", "email": ""} | wrong

    answer = me.post("/me/profile", body)

    assert answer.status_code == 422
    assert "Sun Li" in answer.content.decode()
    assert not User.objects.filter(name_en="Sun Li").exists()


def test_language_and_theme_follow_the_person_to_another_browser(me: Client) -> None:
    me.post("/preferences/language", {"language": "en"})
    me.post("/preferences/theme", {"theme": "dark"})

    other = signed_in("leader")

    assert other.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert other.cookies["wanmi_theme"].value == "dark"
    assert said().count("accounts.PreferencesChanged") == 2
    assert settings.LANGUAGE_COOKIE_NAME not in signed_in("admin").cookies


def test_a_token_is_shown_once_and_works(people: Town, me: Client) -> None:
    answer = me.post("/me/tokens", {"label": "统计导出"})

    page = answer.content.decode()
    secret = answer.context["secret"]
    assert secret in page
    assert "no-store" in answer["Cache-Control"]
    assert accounts.bearer(secret) == people.leader
    again = me.get("/me").content.decode()
    assert secret not in again
    assert "统计导出" in again
    assert said()[-1] == "accounts.TokenGiven"


def test_a_token_needs_a_name(me: Client) -> None:
    assert me.post("/me/tokens", {"label": "  "}).status_code == 422
    assert not Token.objects.exists()


def test_the_last_use_is_noted_now_and_then(people: Town) -> None:
    noon = datetime(2026, 11, 16, 4, tzinfo=UTC)
    secret = accounts.give_token("leader", PASSWORD, now=noon)

    for minutes in (0, 1, 4, 6):
        accounts.bearer(secret, now=noon + timedelta(minutes=minutes))
        if minutes == 4:
            assert Token.objects.get().last_used_at == noon

    assert Token.objects.get().last_used_at == noon + timedelta(minutes=6)


def test_own_tokens_are_ended_one_by_one_or_all(people: Town, me: Client) -> None:
    secrets = [accounts.give_token("leader", PASSWORD, label=str(n)) for n in range(3)]
    first = Token.objects.order_by("pk")[0]

    assert me.post(f"/me/tokens/{first.pk}/end").status_code == 302
    assert [accounts.bearer(secret) is None for secret in secrets] == [True, False, False]
    assert me.post(f"/me/tokens/{first.pk}/end").status_code == 404
    me.post("/me/tokens/end")

    assert not queries.tokens_of(people.leader).exists()
    assert said()[-2:] == ["accounts.TokenRevoked"] * 2


def test_nobody_sees_or_ends_anothers_token(people: Town, me: Client) -> None:
    secret = accounts.give_token("admin", PASSWORD, label="only mine")

    assert "only mine" not in me.get("/me").content.decode()
    assert me.post(f"/me/tokens/{Token.objects.get().pk}/end").status_code == 404
    assert accounts.bearer(secret) == people.admin


def test_programs_look_after_their_account_as_well(people: Town) -> None:
    secret = accounts.give_token("leader", PASSWORD, label="script")
    client = Client(headers={"authorization": f"Bearer {secret}"})
    json = "application/json"

    assert client.get("/api/v1/me").json()["username"] == "leader"
    changed = client.patch("/api/v1/me", {"name_en": "Sun Li"}, content_type=json).json()
    assert (changed["name_en"], changed["name_zh"]) == ("Sun Li", people.leader.name_zh)
    listed = client.get("/api/v1/me/tokens").json()["items"]
    assert [row["label"] for row in listed] == ["script"]
    assert secret not in str(listed)
    refused = client.post(
        "/api/v1/me/password", {"current": "wrong", "new": NEW}, content_type=json
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_password")
    done = client.post("/api/v1/me/password", {"current": PASSWORD, "new": NEW}, content_type=json)
    assert done.status_code == 204
    assert client.get("/api/v1/me").status_code == 401
