"""Departments are asked together, each answers in time, the lead concludes."""

from __future__ import annotations

import pytest

from tests.cases import driving as cases
from tests.consultations import driving
from tests.town import DISTRICT, PASSWORD
from wanmi.accounts import actions as accounts
from wanmi.consultations import actions as consultations
from wanmi.consultations import queries
from wanmi.journal import queries as journal
from wanmi.kernel.errors import NotAllowed
from wanmi.organisation import actions as organisation
from wanmi.workflow import queries as tasks


def test_a_conclusion_is_drawn_from_the_opinions(town):
    row = driving.concluded(town)

    assert (row.state, row.conclusion, row.acting) == (
        "concluded",
        "由环卫所恢复",
        town.sanitation,
    )
    (opinion,) = queries.opinions(row)
    assert (opinion.position, opinion.words, opinion.given_by) == (
        "agree",
        "我方恢复",
        town.department,
    )


def test_the_conclusion_lies_on_the_case_and_in_its_journal(town, client):
    case = cases.to_dispatch(town)
    row = driving.concluded(town, case=case.number)
    client.force_login(town.dispatcher)

    page = client.get(f"/cases/{case.number}").content.decode()

    assert "由环卫所恢复" in page
    assert row.number in page
    kinds = [entry.kind for entry in journal.of_subject(f"case:{case.pk}")]
    assert "consultations.CaseConsulted" in kinds


def test_the_journal_holds_the_digest_and_not_the_words(town):
    row = driving.concluded(town)

    entries = journal.of_subject(f"consultation:{row.pk}")
    told = next(e for e in entries if e.kind == "consultations.ConsultationConcluded")

    assert row.conclusion not in str(told.data)
    assert told.data["conclusion"]


@pytest.mark.parametrize("role", ["supervisor", "department", "handler", "leader", "street"])
def test_who_may_not_is_refused(town, role):
    with pytest.raises(NotAllowed):
        driving.opened(town, by=town.people[role])


def test_only_departments_that_answer_there_are_asked(town):
    for codes in ([], ["NOBODY"], ["LAMPS"], ["CLEAN", "STREET1"]):
        with pytest.raises(consultations.NobodyToAsk):
            driving.opened(town, departments=codes)


def test_an_unknown_case_is_refused(town):
    with pytest.raises(consultations.UnknownCase):
        driving.opened(town, case="123")


def test_it_is_not_closed_before_everybody_has_answered(town):
    row = driving.opened(town)
    with pytest.raises(consultations.OpinionsOutstanding):
        driving.lead(row, "close_round", town.dispatcher)

    row = driving.lead(row, "close_early", town.dispatcher, opinion="时间紧迫")

    assert row.state == "concluding"
    assert [opinion.state for opinion in queries.opinions(row)] == ["withdrawn"]
    assert tasks.open_tasks(f"opinion:{queries.opinions(row)[0].pk}") == []


def test_departments_may_be_asked_again(town):
    row = driving.opened(town)
    driving.answer(row, town, "object", opinion="非我方职责")
    driving.lead(row, "close_round", town.dispatcher)

    row = driving.lead(
        row, "ask_again", town.dispatcher, departments=["CLEAN"], opinion="请再核实边界"
    )
    driving.answer(row, town, "suggest", opinion="共同恢复")

    assert [(each.round, each.position) for each in queries.opinions(row)] == [
        (2, "suggest"),
        (1, "object"),
    ]


def test_only_who_was_asked_is_asked_again(town):
    row = driving.opened(town)
    driving.answer(row, town)
    driving.lead(row, "close_round", town.dispatcher)

    with pytest.raises(consultations.NotConsulted):
        driving.lead(row, "ask_again", town.dispatcher, departments=["LAMPS"], opinion="请答复")


def test_another_department_does_not_answer_for_it(town):
    post = organisation.make_post(town.lighting, "department")
    other = accounts.open_account("lamps", password=PASSWORD, name_zh="灯")
    organisation.appoint(other.pk, post)
    row = driving.opened(town, departments=["CLEAN", "LAMPS"], area_path=DISTRICT)
    mine = next(each for each in queries.opinions(row) if each.body == town.sanitation)

    with pytest.raises(NotAllowed):
        driving.act(f"opinion:{mine.pk}", "agree", other)


def test_cancelling_ends_everything(town):
    row = driving.opened(town)

    row = driving.lead(row, "cancel", town.dispatcher, opinion="问题已解决")

    assert (row.state, row.ended_at is not None) == ("cancelled", True)
    assert [opinion.state for opinion in queries.opinions(row)] == ["withdrawn"]


def test_the_flow_log_begins_with_the_opening_not_with_a_report(town):
    row = driving.concluded(town)

    first = tasks.flow_of(f"consultation:{row.pk}")[0]
    assert (first.step_zh, first.step_en) == ("发起会商", "Consultation opened")
