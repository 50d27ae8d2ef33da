"""Duty grids: listed, made, given and relieved of unit grids, tended, imported."""

import pytest
from django.test import Client

from tests.geography.test_imports import refused, run
from tests.geography.test_pages import sign_in  # noqa: F401  # a fixture
from wanmi.geography import actions as geography
from wanmi.geography import queries
from wanmi.geography.models import Area, DutyGridMember
from wanmi.journal.models import JournalEntry
from wanmi.organisation.models import DutyGridPost, Post

pytestmark = pytest.mark.usefixtures("town")
FIRST, SECOND, THIRD = (f"990101001001{place:03}" for place in (1, 2, 3))
FROM = {"from_day": "2026-11-20"}


@pytest.fixture
def round_one(town) -> Area:
    return geography.make_duty_grid(
        "Z01", name_zh="第一责任网格", parent_code="990101001", grid_codes=[FIRST, SECOND]
    )


def members(row: Area) -> list[str]:
    return [grid.code for grid in queries.unit_grids_of(row)]


def test_the_list_says_where_how_many_and_who(sign_in, round_one):  # noqa: F811
    page = sign_in().get("/duty-grids").content.decode()

    assert "第一责任网格" in page
    assert "Bridgehead" in page
    assert "Nobody yet" in page


@pytest.mark.parametrize(("words", "count"), [("Z0", 1), (FIRST, 1), (THIRD, 0), ("责任", 1)])
def test_they_are_found_by_name_code_and_unit_grid(sign_in, round_one, words, count):  # noqa: F811
    assert len(sign_in().get("/duty-grids", {"q": words}).context["lines"]) == count


def test_one_is_made_inside_ones_own_area(sign_in):  # noqa: F811
    sent = {"code": "Z09", "name_zh": "第九", "parent_code": "990101001"}
    client = sign_in()

    assert client.post("/duty-grids/make", sent).status_code == 302
    assert queries.area("Z09").path == "99/9901/990101/990101001/Z09/"
    assert client.post("/duty-grids/make", sent).status_code in {409, 422}


def test_elsewhere_none_is_made_or_changed(sign_in, round_one):  # noqa: F811
    client: Client = sign_in(area_path="99/9902/")
    sent = {"code": "Z09", "name_zh": "第九", "parent_code": "990101001"}

    assert client.post("/duty-grids/make", sent).status_code in {403, 404}
    answer = client.post("/areas/Z01/members", FROM | {"leaving": [FIRST]})
    assert answer.status_code in {403, 404}
    assert client.post("/organisation/duty-grids/Z01/responsible", {}).status_code in {403, 404}
    assert members(round_one) == [FIRST, SECOND]


def test_without_the_duty_nobody_sees_them(sign_in, round_one):  # noqa: F811
    assert sign_in(role="acceptor").get("/duty-grids").status_code == 403


def test_unit_grids_join_and_leave_and_the_journal_knows(sign_in, round_one):  # noqa: F811
    from django.utils import timezone

    sent = {"from_day": str(timezone.localdate()), "joining": f"{THIRD},", "leaving": [FIRST]}

    answer = sign_in().post("/areas/Z01/members", sent)

    assert answer.status_code == 200
    assert members(round_one) == [SECOND, THIRD]
    kinds = set(JournalEntry.objects.values_list("kind", flat=True))
    assert {"geography.UnitGridsAssigned", "geography.UnitGridsReleased"} <= kinds


@pytest.mark.parametrize(
    "wrong", [{"joining": "000"}, {"leaving": [THIRD]}, {"joining": FIRST, "from_day": "soon"}]
)
def test_what_cannot_be_is_said_and_changes_nothing(sign_in, round_one, wrong):  # noqa: F811
    answer = sign_in().post("/areas/Z01/members", FROM | wrong)

    assert answer.status_code in {404, 409, 422}
    assert members(round_one) == [FIRST, SECOND]


def test_a_post_is_made_responsible(sign_in, round_one):  # noqa: F811
    client = sign_in()
    post = Post.objects.get()

    client.post("/organisation/duty-grids/Z01/responsible", {"post": post.pk})

    assert DutyGridPost.objects.get().post == post
    assert (
        "Anna" in client.get("/duty-grids").content.decode()
        or "安娜" in client.get("/duty-grids").content.decode()
    )
    client.post("/organisation/duty-grids/Z01/responsible", {"post": ""})
    assert not DutyGridPost.objects.exists()


def test_they_are_imported_and_the_same_file_again_changes_nothing(tmp_path):
    file = tmp_path / "rounds.csv"
    head = "code,name_zh,parent_code,unit_grids\n"
    file.write_text(f"{head}Z01,第一,990101001,{FIRST};{SECOND}\n")

    assert "1 accepted" in run("duty-grids", file)
    assert "1 unchanged" in run("duty-grids", file)
    file.write_text(f"{head}Z01,第一,990101001,{SECOND} {THIRD}\n")
    run("duty-grids", file)

    assert members(queries.area("Z01")) == [SECOND, THIRD]


def test_a_row_with_an_unknown_unit_grid_is_refused(tmp_path):
    file = tmp_path / "rounds.csv"
    file.write_text("code,name_zh,parent_code,unit_grids\nZ01,第一,990101001,000\n")

    assert "line 2: rejected" in refused("duty-grids", file)
    assert not DutyGridMember.objects.exists()
