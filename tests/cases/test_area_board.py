"""By area: each number is the sum of what lies below, and leads to its cases."""

import pytest

from tests.cases.driving import later, report, to_closed, to_handling
from wanmi.journal import actions as journal
from wanmi.notices.models import Notice
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.models import Urge

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
    assert answer.context["total"].reported == 3


def test_a_street_user_sees_the_own_street_by_community(board):
    answer = board("street")

    assert [count.code for count in answer.context["counts"]] == ["990101001001"]
    assert answer.context["total"].reported == 2


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


def test_a_street_s_desk_shows_its_communities(board, client, town):
    client.force_login(town.street)

    answer = client.get("/")

    street = answer.context["street"]
    assert [(count.code, count.reported, count.open) for count in street["counts"]] == [
        ("990101001001", 2, 1)
    ]
    assert "东社区" in answer.content.decode()


def test_each_number_of_an_area_leads_to_its_cases(board, client, town):
    page = board("street").content.decode()

    assert "/cases?open=true&amp;area=99/9901/990101/990101001/990101001001/" in page
    assert "/cases?state=closed&amp;area=99/9901/990101/990101001/990101001001/" in page


def test_a_leader_s_board_is_not_slower_for_a_street_s_sake(board, client, town):
    client.force_login(town.leader)

    assert client.get("/").context["street"] is None


@pytest.fixture
def supervised(town):
    """Two supervised cases, one answered too late."""
    instances = [tasks.instance_of(f"case:{to_handling(town).pk}") for _ in range(2)]
    first = workflow.urge(
        instances[0], "supervise", "请尽快处理", by=town.leader, ground="timeout", at=later(30)
    )
    workflow.urge(
        instances[1],
        "supervise",
        "请限期整改",
        by=town.duty_leader,
        ground="important",
        reply_days=30,
    )
    first.refresh_from_db()
    workflow.answer_supervision(first.task, "已整改完毕", by=town.department, at=later(3 * 24 * 60))
    return town


def test_the_supervision_board_counts_by_state_of_the_reply(supervised, client):
    client.force_login(supervised.leader)

    counts = client.get("/supervisions").context["counts"]

    assert counts == {"waiting": 1, "late": 0, "answered": 1, "answered_late": 1}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("shown=waiting", ["请限期整改"]),
        ("shown=late", []),
        ("shown=answered_late", ["请尽快处理"]),
        ("shown=all&ground=timeout", ["请尽快处理"]),
        ("shown=all&q=整改", ["请限期整改"]),
        ("shown=all&body=LAMPS", []),
        ("shown=all&body=CLEAN", ["请限期整改", "请尽快处理"]),
    ],
)
def test_the_supervision_board_is_filtered(supervised, client, query, found):
    client.force_login(supervised.leader)

    lines = client.get(f"/supervisions?{query}").context["lines"]

    assert [row.words for row, _ in lines] == found


def test_the_supervision_board_is_taken_along_as_a_file(supervised, client):
    client.force_login(supervised.street)

    answer = client.get("/supervisions/export?shown=all")

    text = b"".join(answer.streaming_content).decode()
    assert "已整改完毕" in text
    assert "逾期回复" in text


def test_whoever_must_reply_is_told_and_so_is_who_asked(supervised):
    while journal.hear_news():
        pass

    rows = Notice.objects.filter(kind="urged").order_by("id")
    told = [(row.user.username, row.message.split()[1]) for row in rows]
    assert ("department", "supervises") in told
    assert ("handler", "supervises") in told
    assert ("leader", "has") in told


def test_a_reply_is_due_within_the_days_given(supervised):
    waiting = [row for row in Urge.objects.all() if row.replied_at is None]

    assert (waiting[0].reply_due_at - waiting[0].urged_at).days >= 30
