"""Guessing over many names from one address is slowed; proxies are believed only when trusted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from tests.town import PASSWORD
from wanmi.accounts import actions as accounts
from wanmi.journal import actions as journal
from wanmi.journal.models import Allowance
from wanmi.kernel.errors import TooOften
from wanmi.shell.addresses import client_address, client_group, is_from_this_machine

NOON = datetime(2026, 11, 16, 4, tzinfo=UTC)
HERE, THERE = "203.0.113.5", "198.51.100.7"


@pytest.fixture
def few(settings: Any) -> None:
    settings.SIGN_IN_ADDRESS_ATTEMPTS = 3


def sign_in(address: str, username: str, password: str = "wrong", **headers: str) -> Any:
    body = {"username": username, "password": password}
    return Client(REMOTE_ADDR=address, headers=headers).post("/sign-in", body)


@pytest.mark.usefixtures("db", "few")
def test_guessing_over_many_names_is_slowed_at_its_address_only() -> None:
    accounts.open_account("sunli", password=PASSWORD, name_zh="孙丽")

    statuses = [sign_in(HERE, f"name{n}").status_code for n in range(5)]

    assert statuses == [401, 401, 401, 429, 429]
    refused = sign_in(HERE, "sunli", PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= settings.SIGN_IN_LOCK_MINUTES * 60
    assert sign_in(THERE, "sunli", PASSWORD).status_code == 302


@pytest.mark.usefixtures("db", "few")
def test_a_whole_office_signs_in_from_one_address() -> None:
    accounts.open_account("sunli", password=PASSWORD, name_zh="孙丽")

    assert [sign_in(HERE, "sunli", PASSWORD).status_code for _ in range(10)] == [302] * 10


@pytest.mark.usefixtures("db", "few")
def test_asking_for_tokens_counts_at_the_same_limit() -> None:
    def ask() -> Any:
        body = {"username": "nobody", "password": "wrong"}
        client = Client(REMOTE_ADDR=HERE)
        return client.post("/api/v1/auth/token", body, content_type="application/json")

    assert [sign_in(HERE, "x").status_code, ask().status_code, ask().status_code] == [401] * 3
    refused = ask()
    assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
    assert int(refused["Retry-After"]) > 0


@pytest.mark.usefixtures("db")
def test_an_allowance_comes_back_evenly() -> None:
    limit = journal.RateLimit("try", most=4, seconds=60)
    at = NOON.timestamp()

    for _ in range(4):
        limit.take("a", now=at)
    with pytest.raises(TooOften) as refused:
        limit.take("a", now=at)
    assert refused.value.retry_after == 15
    limit.take("b", now=at)
    limit.take("a", now=at + 15)
    with pytest.raises(TooOften):
        limit.take("a", now=at + 16)
    limit.give_back("a")
    limit.take("a", now=at + 16)


@pytest.mark.usefixtures("db")
def test_no_address_is_kept_and_old_rows_go() -> None:
    journal.RateLimit("try", most=4, seconds=60).take(HERE, now=NOON.timestamp())
    journal.RateLimit("try", most=0, seconds=60).take(HERE)

    assert HERE not in str(list(Allowance.objects.values()))
    journal.schedule("journal.forget_allowances")
    journal.do_due_jobs()
    assert not Allowance.objects.exists()


@pytest.mark.parametrize(
    ("nearest", "forwarded", "found"),
    [
        (HERE, "", HERE),
        (HERE, THERE, HERE),  # a stranger's claim
        ("127.0.0.1", THERE, THERE),
        ("127.0.0.1", f"{THERE}, {HERE}", HERE),  # who spoke to our proxy, not what they claim
        ("127.0.0.1", f"{THERE}, 10.1.2.3", THERE),  # a second proxy of ours
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("::1", f"::ffff:{HERE}", HERE),
        ("", THERE, "unknown"),
    ],
)
def test_forwarded_addresses_are_believed_from_trusted_proxies(
    settings: Any, nearest: str, forwarded: str, found: str
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1", "::1", "10.0.0.0/8"]
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    request = RequestFactory().get("/", REMOTE_ADDR=nearest, headers=headers)

    assert client_address(request) == found


def test_a_household_of_ipv6_is_counted_as_one() -> None:
    def group(address: str) -> str:
        return client_group(RequestFactory().get("/", REMOTE_ADDR=address))

    assert group("2001:db8:1:2::5") == group("2001:db8:1:2:ffff::9") != group("2001:db8:1:3::5")


def test_this_machine_is_who_came_through_no_proxy() -> None:
    def asks(address: str, **headers: str) -> bool:
        request = RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)
        return is_from_this_machine(request)

    assert asks("127.0.0.1")
    assert asks("::1")
    assert not asks(HERE)
    assert not asks("127.0.0.1", **{"x-forwarded-for": "127.0.0.1"})
    assert not asks("127.0.0.1", **{"x-forwarded-proto": "https"})
