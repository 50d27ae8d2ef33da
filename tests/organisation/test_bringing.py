"""Bodies, posts and people come from a file: tried first, errors by line, then for good."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wanmi.organisation import actions as organisation
from wanmi.organisation.models import Appointment, Body

HEADER = "body,name_zh,kind,level,area,role,username,person_zh\n"
GOOD = HEADER + "CO-1,环卫公司,company,district,990101,handler,wang,王五\n"
BAD = GOOD + "CO-2,公司,circus,district,990101,,,\n"


@pytest.fixture
def page(client, keeper):
    """Return the client of the keeper of the whole city, reading English."""
    client.force_login(keeper)
    client.cookies["django_language"] = "en"
    return client


def send(client, text, do="try", name="people.csv"):
    return client.post(
        "/organisation/import", {"file": SimpleUploadedFile(name, text.encode()), "do": do}
    )


def test_a_trial_changes_nothing_and_says_so(page):
    answer = send(page, GOOD).content.decode()

    assert "Nothing has been changed yet" in answer
    assert "Import for good" in answer
    assert not Body.objects.filter(code="CO-1").exists()


def test_errors_are_told_by_line_and_nothing_stays(page):
    answer = send(page, BAD, do="import").content.decode()

    assert "circus" in answer
    assert '<td class="number">3</td>' in answer
    assert not Body.objects.filter(code="CO-1").exists()


def test_for_good_it_stays_and_again_it_changes_nothing(page):
    send(page, GOOD, do="import")

    assert Appointment.objects.get(user__username="wang").post.body.code == "CO-1"
    assert "there already" in send(page, GOOD).content.decode()


@pytest.mark.parametrize(("text", "name"), [("x", "people.exe"), ("", "people.csv")])
def test_what_is_no_table_is_refused(page, text, name):
    answer = send(page, text, name=name)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_example_can_be_read_and_names_every_column(page):
    answer = page.get("/organisation/import/example.csv").content.decode("utf-8-sig")

    assert answer.splitlines()[0].count(",") == 15
    assert "credit_code" in answer


def test_only_who_looks_after_the_whole_city_imports(client, employ):
    client.force_login(employ("east", "admin", "EAST"))

    assert client.get("/organisation/import").status_code == 403


def test_people_are_found_by_name_post_and_body(page, clerk):
    for words in ("clerk", "Acceptor", "Riverside"):
        assert "clerk" in page.get(f"/organisation/people?q={words}").content.decode()
    assert "Nobody fits" in page.get("/organisation/people?q=nothing").content.decode()


def test_a_reader_finds_only_people_of_the_own_area(client, employ, clerk):
    employ("far", "acceptor", "WEST")
    client.force_login(clerk)

    assert "far" not in client.get("/organisation/people").content.decode().split("<tbody>")[1]


def test_many_people_cost_no_more_statements(page, employ, django_assert_max_num_queries):
    for number in range(15):
        employ(f"p{number}", "handler", "EAST")
    organisation.enter_shipped_roles()

    with django_assert_max_num_queries(12):
        page.get("/organisation/people")


def test_programs_try_and_import_the_same_file_and_are_told_line_by_line(page, employ):
    def post(text, **more):
        sent = {"file": SimpleUploadedFile("people.csv", text.encode()), **more}
        return page.post("/api/v1/organisation/import", sent)

    tried, wrong = post(GOOD).json(), post(BAD, dry_run="false")
    assert tried["is_trial"]
    assert not Body.objects.filter(code="CO-1").exists()
    assert wrong.status_code == 422
    assert [row["line"] for row in wrong.json()["rejected"]] == [3]
    assert "circus" in wrong.json()["rejected"][0]["reason"]

    done = post(GOOD, dry_run="false").json()

    assert (done["is_done"], done["accepted"]) == (True, 1)
    assert Body.objects.filter(code="CO-1").exists()
    page.force_login(employ("east", "admin", "EAST"))
    assert post(GOOD).status_code == 403
