"""Changes of the register: proposed on the spot, decided by the owner or the centre."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest

from tests import town as towns
from tests.evidence import files
from tests.town import INSIDE, MONDAY_MORNING
from wanmi.accounts.models import User
from wanmi.catalogue import actions as editions
from wanmi.catalogue import queries as catalogue
from wanmi.evidence import actions as evidence
from wanmi.kernel.errors import NotAllowed
from wanmi.registers import actions as registers
from wanmi.registers import queries
from wanmi.registers.models import Part, PartRequest
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.models import Clock

BUDGET = 12
HTMX = {"HX-Request": "true"}


@pytest.fixture
def town(db: None) -> towns.Town:
    """The small town of all tests, with the right to propose in its roles."""
    return towns.build()


@pytest.fixture
def lamp(town):
    edition = catalogue.edition_on(MONDAY_MORNING.date())
    return editions.enter_extension(
        edition, "part", "01", name_zh="路灯", name_en="Lamp", valid_from=edition.valid_from
    )


@pytest.fixture
def part(town, lamp) -> Part:
    """A lamp of the sanitation department, which has people to decide."""
    new = registers.NewPart(
        lamp, *INSIDE, department_code="CLEAN", department_name="环境卫生管理所"
    )
    return registers.enter_part(new)


@pytest.fixture
def photograph(town):
    """Return a function that uploads a photograph for somebody."""

    def take(by: User) -> int:
        return evidence.record(
            evidence.receive(io.BytesIO(files.picture())), by=by, name="a.jpg"
        ).pk

    return take


@pytest.fixture
def propose(town, photograph):
    """Return a function that proposes something with a photograph."""

    def do(kind: str, by: User | None = None, **more) -> PartRequest:
        person = by or town.supervisor
        given = {"reason": "现场核实", "media": [photograph(person)], "at": MONDAY_MORNING} | more
        return registers.propose(kind, by=person, **given)

    return do


def decide(row: PartRequest, action: str, by: User, **fields) -> PartRequest:
    (task,) = tasks.open_steps(row.subject)
    at = MONDAY_MORNING + timedelta(minutes=30)
    return workflow.perform(task.pk, action, fields, by=by, at=at)[1]


def test_the_owning_department_is_asked_within_a_limit(town, part, propose):
    row = propose("state", part=part, state="damaged")

    (task,) = tasks.open_steps(row.subject)
    assert (task.step, task.role, task.body_id) == (
        "owner_decides",
        "department",
        town.sanitation.pk,
    )
    assert Clock.objects.get(instance__subject=row.subject).due_at > MONDAY_MORNING
    assert row.before == {"state": "intact"}


def test_what_is_approved_is_written_with_its_history(town, part, propose):
    there = (INSIDE[0] + 0.00002, INSIDE[1])
    row = decide(propose("move", part=part, point=there), "approve", town.department)

    changed = Part.objects.get(pk=part.pk)
    assert (changed.lon, changed.version, row.state) == (there[0], 2, "approved")
    (change,) = queries.history(changed)
    assert row.change_id == change.pk
    assert change.by == town.department
    assert row.number in change.reason


def test_a_new_part_is_numbered_by_its_edition_when_it_is_approved(town, lamp, propose):
    row = propose("add", category=lamp, point=INSIDE, facts={"owner_name": "照明中心"})
    assert row.owner is None
    assert not Part.objects.exists()

    row = decide(row, "approve", town.duty_leader)

    assert row.part.identifier == f"990101{lamp.code}000001"
    assert (row.part.owner_name, row.part.data_source) == ("照明中心", "surveyed")


def test_the_department_may_leave_it_to_the_centre_which_refuses_with_a_reason(town, part, propose):
    row = propose("retire", part=part)
    decide(row, "pass_on", town.department, opinion="非本单位设施")

    row = decide(row, "refuse", town.duty_leader, opinion="部件仍在使用")

    assert (row.state, row.words) == ("refused", "部件仍在使用")
    assert not Part.objects.get(pk=part.pk).is_retired


def test_a_part_changed_meanwhile_is_not_overwritten_unawares(town, part, propose):
    row = propose("state", part=part, state="damaged")
    registers.change_state(Part.objects.get(pk=part.pk), "lost", reason="x")

    with pytest.raises(registers.PartChangedMeanwhile):
        decide(row, "approve", town.department)

    assert Part.objects.get(pk=part.pk).state == "lost"
    assert decide(row, "approve", town.department, even_so=True).state == "approved"
    assert Part.objects.get(pk=part.pk).state == "damaged"


def test_what_was_seen_offline_is_kept_as_it_was_seen(town, part, propose):
    registers.change_state(part, "damaged", reason="x")
    registers.change_state(part, "lost", reason="x")

    row = propose("state", part=part, state="abandoned", version=1)

    assert row.before == {"state": "intact"}


def test_a_proposal_needs_a_photograph_a_reason_and_a_right(town, part, propose):
    with pytest.raises(registers.PhotographMissing):
        propose("state", part=part, state="damaged", media=[])
    with pytest.raises(registers.ReasonMissing):
        propose("state", part=part, state="damaged", reason=" ")
    with pytest.raises(registers.NothingChanges):
        propose("state", part=part, state="intact")
    with pytest.raises(NotAllowed):
        propose("state", by=town.evaluator, part=part, state="damaged")
    assert not PartRequest.objects.exists()


def test_nobody_decides_on_what_they_proposed(town, part, propose):
    row = propose("state", by=town.department, part=part, state="damaged")

    (task,) = tasks.open_steps(row.subject)
    assert task.role == "duty_leader"


def test_the_same_is_not_proposed_twice_and_can_be_taken_back(town, part, propose):
    row = propose("state", part=part, state="damaged")
    with pytest.raises(registers.ProposedAlready):
        propose("state", by=town.acceptor, part=part, state="damaged")

    registers.withdraw(row, by=town.supervisor)

    assert tasks.open_steps(row.subject) == []
    with pytest.raises(registers.DecidedAlready):
        registers.withdraw(row, by=town.supervisor)


def test_many_are_decided_at_once_each_on_its_own(town, part, propose):
    good = propose("state", part=part, state="damaged")
    stale = propose("correct", part=part, facts={"name_zh": "大路灯"})
    registers.correct(Part.objects.get(pk=part.pk), {"name_zh": "小路灯"}, reason="x")

    told = registers.decide_many([good.number, stale.number, "GX0"], "approve", by=town.department)

    assert [each.refusal is None for each in told] == [True, False, False]
    assert Part.objects.get(pk=part.pk).state == "damaged"


def test_the_page_shows_both_places_differences_and_photographs(town, part, propose, client):
    row = propose("move", part=part, point=(INSIDE[0] + 0.00002, INSIDE[1]))
    client.force_login(town.department)

    page = client.get(f"/parts/requests/{row.number}").content.decode()
    own = client.get(f"/parts/{part.identifier}").content.decode()

    assert '"before"' in page
    assert f"{INSIDE[0] + 0.00002:.6f}" in page
    assert "/thumb" in page
    assert f"/parts/requests/{row.number}" in own


def test_somebody_proposes_in_the_browser(town, part, photograph, client):
    client.force_login(town.supervisor)
    where = f"/parts/requests/new?part={part.identifier}&kind=correct"
    sent = {
        "name_zh": "高杆灯",
        "name_en": part.name_en,
        "reason": "名称有误",
        "version": 1,
        "department_name": "环境卫生管理所",
    }

    assert client.get(where).status_code == 200
    answer = client.post(where, sent)

    row = PartRequest.objects.get()
    assert answer["Location"] == f"/parts/requests/{row.number}"
    assert row.after == {"name_zh": "高杆灯"}
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.get("/parts/requests/new?kind=add").status_code == 200


def test_the_list_decides_on_the_chosen_and_keeps_its_budget(
    town, part, propose, client, django_assert_max_num_queries
):
    rows = [propose("state", part=part, state=state) for state in ("damaged", "lost")]
    client.force_login(town.department)
    client.get("/parts/requests")

    with django_assert_max_num_queries(BUDGET):
        page = client.get("/parts/requests").content.decode()
    chosen = {"number": [rows[0].number], "action": "approve"}
    answer = client.post("/parts/requests/decide", chosen, headers=HTMX)
    refused = client.post("/parts/requests/decide", {"action": "refuse"}, headers=HTMX)
    file = client.get("/parts/requests/export?format=csv&state=")

    assert page.count("data-row=") == 2
    assert (answer.status_code, refused.status_code) == (200, 422)
    assert PartRequest.objects.get(pk=rows[0].pk).state == "approved"
    # The other one was seen before this change.
    assert "现状已变" in answer.content.decode()
    assert b"".join(file.streaming_content).decode("utf-8-sig").count("\n") == 3


def test_programs_propose_once_and_decide(town, part, photograph, client):
    client.force_login(town.supervisor)
    body = {"kind": "state", "part": part.identifier, "state": "damaged", "reason": "灯杆倾斜"}
    body["media"] = [photograph(town.supervisor)]
    head = {"Idempotency-Key": "k-1"}

    def send(client, url, body, **more):
        return client.post(url, json.dumps(body), content_type="application/json", **more)

    first = send(client, "/api/v1/part-requests", body, headers=head)
    again = send(client, "/api/v1/part-requests", body, headers=head)

    number = first.json()["number"]
    assert (first.status_code, again.json()["number"]) == (201, number)
    client.force_login(town.department)
    said = {"numbers": [number], "action": "approve"}
    assert send(client, "/api/v1/part-requests/decide", said).json()[0]["done"]
    assert client.get(f"/api/v1/part-requests/{number}").json()["state"] == "approved"
    assert client.get("/api/v1/part-requests?state=approved").json()["items"]
    assert send(client, "/api/v1/part-requests", {**body, "lon": 1e999}).status_code == 422
