"""By area: each number is the sum of what lies below, and leads to its cases."""

import pytest

from tests.cases.driving import report, to_closed, to_handling
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

PAGE = "/board/areas"


@pytest.fixture
def board(town, client):
    report(town)
    to_closed(town)
    report(town, lon=120.0105)

    def look(role, **query):
        client.force_login(town.people[role])
        return client.get(PAGE, {"days": "365", **query})

    return look


def test_the_numbers_of_a_district_are_those_of_its_streets(board):
    answer = board("dispatcher")

    counts = {count.code: count for count in answer.context["counts"]}
    assert counts["990101001"].reported == 2
    assert counts["990101001"].closed == 1
    assert counts["990101002"].open == 1
    assert answer.context["total"]["reported"] == 3


def test_a_street_user_sees_the_own_street_by_community(board):
    answer = board("street")

    assert [count.code for count in answer.context["counts"]] == ["990101001001"]
    assert answer.context["total"]["reported"] == 2


def test_nobody_looks_into_another_area(board):
    assert board("street", area="99/9901/990101/990101002/").status_code == 403


def test_the_file_holds_the_same_numbers(board, client, town):
    client.force_login(town.dispatcher)

    text = b"".join(client.get(f"{PAGE}/export", {"days": "365"}).streaming_content).decode()

    assert "990101001,桥头街道,2," in text


def test_the_page_keeps_its_statement_budget(board, client, django_assert_max_num_queries):
    board("leader")

    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_supervisions_wait_on_the_board_until_answered(town, client):
    case = to_handling(town)
    instance = tasks.instance_of(f"case:{case.pk}")
    workflow.urge(instance, "supervise", "请尽快处理", by=town.leader)
    client.force_login(town.leader)

    assert "请尽快处理" in client.get("/supervisions").content.decode()
    assert "请尽快处理" not in client.get("/supervisions?shown=answered").content.decode()
