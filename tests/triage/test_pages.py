"""Suggestions beside forms, the page of the versions, the API."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import town as towns
from tests.suggesting import teach
from wanmi.accounts import actions as accounts
from wanmi.cases import actions as cases
from wanmi.intake import actions as intake
from wanmi.intake.models import Contact
from wanmi.triage import actions, measuring, queries
from wanmi.triage.models import Judgement, Model
from wanmi.workflow import queries as workflow

PLACE = {"lon": str(towns.INSIDE[0]), "lat": str(towns.INSIDE[1])}


def _client(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def _report(words: str = "路口有垃圾，电话13812345678", **more: object):
    given = {"lon": towns.INSIDE[0], "lat": towns.INSIDE[1], **more}
    return cases.report(words, **given)  # type: ignore[arg-type]


def test_the_acceptors_form_suggests_and_keeps_what_was_chosen(town: towns.Town) -> None:
    model = teach()
    case = _report(by=town.supervisor)
    (task,) = workflow.open_tasks(f"case:{case.pk}")
    client = _client(town.acceptor)

    page = client.get(f"/tasks/{task.pk}").content.decode()

    assert 'data-pick="1"' in page
    assert f'name="advised" value="{model.pk}"' in page
    assert "99%" in page or re.search(r"9\d%", page)
    sent = {"category": "event/06001", "advised": str(model.pk)}
    answer = client.post(f"/tasks/{task.pk}/actions/submit", sent)
    assert answer.status_code == 302
    row = Judgement.objects.get()
    assert (row.rank, row.words) == (1, "路口有垃圾，电话138****5678")


def test_a_form_sent_without_advice_is_no_judgement(town: towns.Town) -> None:
    teach()
    case = _report(by=town.supervisor)
    (task,) = workflow.open_tasks(f"case:{case.pk}")

    _client(town.acceptor).post(f"/tasks/{task.pk}/actions/submit", {"category": "event/06001"})

    assert not Judgement.objects.exists()


def test_a_message_is_filed_with_advice_and_the_cases_near_it(town: towns.Town) -> None:
    teach()
    near = _report("路口垃圾没清", by=town.supervisor)
    place = intake.Place(*towns.INSIDE)
    contact = intake.receive("letter", "路口有垃圾", place=place, by=town.acceptor)
    (task,) = workflow.open_tasks(f"contact:{contact.pk}")

    page = _client(town.acceptor).get(f"/tasks/{task.pk}").content.decode()

    assert 'data-pick="1"' in page
    assert near.number in page.partition('class="picks"')[2]


def test_words_being_typed_are_answered_and_nothing_is_kept(town: towns.Town) -> None:
    teach()
    hidden = _report("垃圾，电话13812345678", by=town.supervisor)
    client = _client(town.acceptor)

    page = client.post("/triage/typed", {"words": "垃圾", "for": "category", **PLACE})
    empty = client.post("/triage/typed", {"words": "\0", "lon": "nan", "lat": "x"})

    said = page.content.decode()
    assert "06001" in said
    assert hidden.number in said
    assert "138****5678" in said
    assert "13812345678" not in said
    assert (empty.status_code, empty.content) == (200, b"")
    assert not Judgement.objects.exists()
    assert _client(town.citizen).post("/triage/typed", {"words": "垃圾"}).status_code == 403


def test_the_desk_keeps_what_the_agent_made_of_it(town: towns.Town) -> None:
    model = teach()
    client = _client(town.acceptor)

    chips = client.post("/hotline/classes", {"words": "楼下垃圾很臭"}).content.decode()
    sent = {"purpose": "report", "words": "楼下垃圾很臭", "category": "event/06001", **PLACE}
    client.post("/hotline/file", {**sent, "advised": str(model.pk)})

    assert 'data-pick="1"' in chips
    assert Judgement.objects.get().chosen == "event/06001"


def test_a_visitor_may_choose_a_class_and_the_acceptor_sees_it(town: towns.Town) -> None:
    teach()
    client = Client()

    items = client.post("/public/classes", {"words": "路口垃圾"}).json()["items"]
    sent = {"purpose": "report", "words": "路口垃圾", "category": items[0]["label"], **PLACE}
    answer = client.post("/public/report", sent)
    wrong = client.post("/public/report", {**sent, "category": "event/77777"})

    assert [each["label"] for each in items] == ["event/06001"]
    assert answer.status_code == 302
    assert wrong.status_code == 422
    contact = Contact.objects.get()
    assert (contact.said_class, contact.case) == ("event/06001", None)
    (task,) = workflow.open_tasks(f"contact:{contact.pk}")
    page = _client(town.acceptor).get(f"/tasks/{task.pk}").content.decode()
    assert re.search(r'<option value="event/06001" selected', page)


def test_the_api_suggests_to_staff_alone(town: towns.Town) -> None:
    teach(
        category={"event/06001": {"垃圾": 4.0}, "event/09999": {"路灯": 4.0}},
        department={town.sanitation.code: {"垃圾": 4.0}, town.lighting.code: {"路灯": 4.0}},
        urgency={"urgent": {"漏气": 4.0}, "ordinary": {"垃圾": 4.0}},
    )
    near = _report("路口垃圾没清", by=town.supervisor)
    asked = {"description": "路口垃圾", "lon": towns.INSIDE[0], "lat": towns.INSIDE[1]}

    def ask(person: str, **more: object):
        token = accounts.give_token(person, towns.PASSWORD)
        headers = {"Authorization": f"Bearer {token}"}
        body = {**asked, **more}
        return Client().post(
            "/api/v1/triage/suggest", body, content_type="application/json", headers=headers
        )

    found = ask("acceptor").json()
    assert found["category"][0]["label"] == "event/06001"
    assert found["category"][0]["because"] == ["垃圾"]
    assert found["department"][0]["label"] == town.sanitation.code
    assert found["urgency"][0]["label"] == "ordinary"
    assert found["duplicates"][0]["number"] == near.number
    assert ask("citizen").status_code == 403
    assert ask("acceptor", description="").status_code == 422
    assert ask("acceptor", description="\0").status_code == 422
    assert ask("acceptor", lon=200).status_code == 422
    assert ask("acceptor", at="0001-01-01T00:00:00+23:00").status_code == 422


@pytest.fixture
def measured(town: towns.Town) -> Model:
    """A version in force with figures."""
    model = teach()
    figures = measuring.Figures(
        measured_on="own",
        tested=40,
        accuracy=0.9,
        top3=0.95,
        macro_recall=0.8,
        baseline=0.3,
        baseline_label="event/06001",
        off=0.04,
        before=0.85,
        bins=[[0.92, 0.9, 40]],
        classes=[
            measuring.ClassFigures("event/06001", 0.9, 1.0, 30, 33),
            measuring.ClassFigures("event/09999", None, 0.0, 10, 0),
        ],
        pairs=[["event/09999", "event/06001", 10]],
    )
    model.figures = {"category": figures.as_json()}
    model.save()
    return model


def test_the_page_shows_figures_in_few_questions(
    town: towns.Town, measured: Model, django_assert_max_num_queries
) -> None:
    client = _client(town.admin)
    client.get("/triage")

    with django_assert_max_num_queries(12):
        page = client.get("/triage?order=-precision").content.decode()

    assert "90.0" in page
    assert "event/09999" in page
    other = client.get("/triage?target=department")
    assert other.status_code == 200
    for form in ("csv", "xlsx"):
        assert client.get(f"/triage/export?format={form}").status_code == 200
    assert client.get("/triage/export?format=pdf").status_code == 422
    assert client.get("/triage?version=999").status_code == 404


def test_training_and_putting_in_force_is_asked_for_on_the_page(
    town: towns.Town, measured: Model
) -> None:
    client = _client(town.admin)

    assert client.post("/triage/train").status_code == 302
    assert queries.in_training().asked_by == town.admin
    assert client.post("/triage/train").status_code == 409
    assert "HX-Refresh" not in client.get("/triage/progress").headers
    Model.objects.exclude(pk=measured.pk).update(state="ready", weights=b"-")
    assert client.get("/triage/progress").headers["HX-Refresh"] == "true"
    other = Model.objects.exclude(pk=measured.pk).get()
    client.post(f"/triage/{other.pk}/activate")
    assert queries.in_force() == other
    client.post(f"/triage/{other.pk}/withdraw")
    assert queries.in_force() is None
    assert client.post("/triage/999/activate").status_code == 404


def test_a_worker_does_what_was_asked_for(
    town: towns.Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wanmi.journal import actions as journal

    done: list[int] = []
    monkeypatch.setattr("wanmi.triage.actions.learning._train", lambda model: done.append(model.pk))
    asked = actions.ask_training(by=town.admin)

    journal.do_due_jobs()

    assert done == [asked.pk]
