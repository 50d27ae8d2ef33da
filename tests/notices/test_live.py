"""Live events from a real server: who may listen, what they hear, and what they missed."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests import town as towns
from tests.servers import Server
from tests.town import INSIDE
from wanmi.accounts import actions as accounts
from wanmi.cases import actions as cases
from wanmi.journal import queries as journal


@pytest.fixture
def town(transactional_db: None) -> towns.Town:
    return towns.build()


def _listen(server: Server, role: str = "", last: int | None = None) -> http.client.HTTPResponse:
    headers = {"Last-Event-ID": str(last)} if last is not None else {}
    if role:
        headers["Authorization"] = f"Bearer {accounts.give_token(role, towns.PASSWORD)}"
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=15)
    connection.request("GET", "/events", headers=headers)
    return connection.getresponse()


def _news(stream: http.client.HTTPResponse, wanted: str) -> dict[str, object]:
    """Read until an event of a kind comes."""
    while True:
        line = stream.readline().decode()
        assert line, "the stream ended"
        if line.startswith("data:"):
            news: dict[str, object] = json.loads(line[5:])
            if news["kind"] == wanted:
                return news


def test_a_reported_case_is_heard_live_and_after_a_break(town: towns.Town, server: Server) -> None:
    before = journal.head_number()
    assert _listen(server).status == 401
    stream = _listen(server, "acceptor")
    assert stream.status == 200
    assert stream.readline() == b"retry: 2000\n"

    case = cases.report("垃圾", lon=INSIDE[0], lat=INSIDE[1], by=town.supervisor)

    news = _news(stream, "cases.CaseReported")
    assert news["subject"] == f"case:{case.pk}"
    assert set(news) == {"number", "kind", "subject", "area"}
    again = _news(_listen(server, "acceptor", last=before), "cases.CaseReported")
    assert again == news
