"""Whatever is thrown at the API, it answers: never 500, and every refusal is a problem document."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from tests import town as towns
from wanmi.accounts import actions as accounts
from wanmi.cases import actions as cases
from wanmi.config.api import api
from wanmi.config.wsgi import application
from wanmi.organisation import actions as organisation
from wanmi.organisation import duties
from wanmi.organisation.models import Role

SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema())
SCHEMA.app = application
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
EXAMPLES = 25


@pytest.fixture
def bearer(db: None, settings: Any) -> dict[str, str]:
    """Somebody with every duty over the whole city, in a town with a case."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    town = towns.build()
    every = sorted({duty for _, _, held in duties.SHIPPED_ROLES.values() for duty in held})
    Role.objects.create(code="everything", name_zh="全部", name_en="Everything", duties=every)
    body = organisation.found_body(
        "ALL", kind="bureau", level="city", name_zh="全部", area_path=towns.CITY
    )
    user = accounts.open_account("everything", password=towns.PASSWORD, name_zh="全部")
    organisation.appoint(user.pk, organisation.make_post(body, "everything"))
    cases.report("有垃圾", lon=towns.INSIDE[0], lat=towns.INSIDE[1], by=town.supervisor)
    token = accounts.give_token("everything", towns.PASSWORD)
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Let requests through WSGI stay on the connection, and in the transaction, of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda found: found.label)
def test_no_call_breaks_the_server(
    operation: Any, mode: GenerationMode, bearer: dict[str, str]
) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def throw(case: schemathesis.Case) -> None:
        with transaction.atomic():
            answer = case.call(headers=bearer)
            transaction.set_rollback(True)
        note(case.as_curl_command())
        _judge(answer.status_code, answer.headers, answer.content)

    # Where every text is a good one, there is nothing wrong to be thrown.
    with contextlib.suppress(Unsatisfiable):
        throw()


def _judge(status: int, headers: Any, content: bytes) -> None:
    assert status < 500, content[:2000]
    if status >= 400:
        kind = headers.get("content-type", "")
        assert "application/problem+json" in str(kind), (status, kind, content[:200])
        assert {"status", "code", "detail"} <= set(json.loads(content))


NASTY: list[Any] = [
    "\u0000",
    "a\u0000b",
    "\ud800",
    "x" * 200_000,
    "'; DROP TABLE cases_case; --",
    "\u202e\u200b\ufeff",
    float("nan"),
    float("inf"),
    -float("inf"),
    10**400,
    -1,
    2**63,
    None,
    True,
    [],
    {},
    [[[[[]]]]],
    [2**63],
    [-1],
    [0] * 1000,
]
GOOD = {"description": "x", "lon": 120.0, "lat": 30.0, "kind": "event", "media": []}


def _bodies() -> Iterator[dict[str, Any]]:
    for name in [*GOOD, "category", "source", "system", "part", "address", "reporter_phone"]:
        for value in NASTY:
            yield GOOD | {name: value}


def test_broken_values_are_refused_in_a_report(bearer: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    for body in _bodies():
        with transaction.atomic():
            answer = client.post(
                "/api/v1/reports", json.dumps(body), "application/json", headers=bearer
            )
            transaction.set_rollback(True)
        assert answer.status_code in {201, 400, 413, 422}, body
        _judge(answer.status_code, answer.headers, answer.content)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe", b'{"description": "\xed\xa0\x80"}', b"[" * 100_000, b"1", b"null"],
    ids=["empty", "cut off", "no text", "surrogate bytes", "deep", "number", "null"],
)
def test_broken_json_is_refused(raw: bytes, bearer: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)

    answer = client.post("/api/v1/reports", raw, "application/json", headers=bearer)

    assert answer.status_code in {400, 422}
    _judge(answer.status_code, answer.headers, answer.content)


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=1e9", "cursor=%00", "cursor=💥"])
@pytest.mark.parametrize("path", ["cases", "tasks"])
def test_broken_queries_are_refused(path: str, query: str, bearer: dict[str, str]) -> None:
    answer = Client(raise_request_exception=False).get(f"/api/v1/{path}?{query}", headers=bearer)

    assert answer.status_code == 422
    _judge(answer.status_code, answer.headers, answer.content)


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 300, "-1", "%00", "💥", "1e5", "x/y"])
def test_impossible_numbers_in_addresses_are_refused(number: str, bearer: dict[str, str]) -> None:
    client = Client(raise_request_exception=False)
    for path in ("cases/{n}", "tasks/{n}/claim", "tasks/{n}/actions/x"):
        method = "GET" if path.startswith("cases") else "POST"
        url = f"/api/v1/{path.format(n=number)}"
        answer = client.generic(method, url, b"{}", "application/json", headers=bearer)
        assert answer.status_code in {404, 405, 422}, path
    for path in ("media/{n}/original", "tiles/grids/{n}/1/1.mvt", "tiles/{n}/1/1/1.mvt"):
        answer = client.get(f"/{path.format(n=number)}", headers=bearer)
        assert answer.status_code in {200, 204, 400, 404}, path
