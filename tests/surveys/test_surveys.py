"""A survey is ordered, split, counted share by share, and closed with a report."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.surveys import driving
from tests.town import INSIDE, MONDAY_MORNING
from wanmi.cases.models import Case
from wanmi.journal import queries as journal
from wanmi.kernel.errors import NotAllowed
from wanmi.organisation import queries as organisation
from wanmi.surveys import actions as surveys
from wanmi.surveys import queries
from wanmi.surveys.models import SurveyShare
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks


def test_a_survey_comes_to_its_end_with_a_report(town):
    row = driving.closed(town)

    assert (row.state, row.conclusion, row.split_by) == ("closed", "两街道共24处", "street")
    assert row.figures == queries.figures_of(row)
    assert (row.figures["shares"], row.figures["done"], row.figures["counted"]) == (2, 2, 24)
    assert tasks.open_tasks(f"survey:{row.pk}") == []


def test_only_leaders_of_the_area_order_one(town):
    with pytest.raises(NotAllowed):
        driving.order(town, by=town.dispatcher)
    with pytest.raises(NotAllowed):
        driving.order(town, by=town.supervisor)


@pytest.mark.parametrize(
    "days",
    [
        {"ends_on": date(2026, 11, 15)},
        {"ends_on": date(2028, 1, 1)},
        {"starts_on": date(2026, 11, 21), "ends_on": date(2026, 11, 20)},
    ],
)
def test_its_period_must_be_sensible(town, days):
    with pytest.raises(surveys.WrongPeriod):
        driving.order(town, **days)


def test_an_unknown_area_is_refused(town):
    with pytest.raises(surveys.UnknownArea):
        driving.order(town, area="123456")


def test_each_street_gets_a_share_with_a_task_and_a_clock(town):
    _, shares = driving.issued(town)

    assert [share.area_code for share in shares] == ["990101001", "990101002"]
    for share in shares:
        (task,) = tasks.open_tasks(f"survey_share:{share.pk}")
        (clock,) = tasks.clocks_of(f"survey_share:{share.pk}")
        assert (task.role, task.area_path) == ("supervisor", share.area_path)
        assert task.due_at == clock.due_at
    assert tasks.inbox(organisation.scope_of(town.supervisor)).count() == 2


def test_an_area_that_has_no_such_parts_is_not_split_by_them(town):
    with pytest.raises(surveys.NothingToSplit):
        driving.survey(driving.order(town), "issue", town.duty_leader, split_by="duty_grid")


def test_it_is_not_summed_up_before_every_share_is_in(town):
    row, shares = driving.issued(town)
    driving.count(shares[0], town)

    with pytest.raises(surveys.SharesOutstanding):
        driving.survey(row, "summarise", town.duty_leader)
    row = driving.survey(row, "close_early", town.duty_leader, opinion="汛期将至")

    assert row.state == "reporting"
    assert {share.state for share in SurveyShare.objects.all()} == {"withdrawn"}
    assert not tasks.inbox(organisation.scope_of(town.supervisor)).exists()


def test_a_share_may_be_counted_again(town):
    _, (share, _) = driving.issued(town)
    driving.count(share, town)
    share = driving.act(f"survey_share:{share.pk}", "again", town.duty_leader, opinion="漏查")
    assert share.state == "collecting"

    share = driving.count(share, town, 15, 5)

    assert (share.counted, share.faulty, share.collector) == (15, 5, town.supervisor)


def test_more_with_problems_than_counted_is_refused(town):
    _, (share, _) = driving.issued(town)

    with pytest.raises(surveys.MoreFaultyThanCounted):
        driving.count(share, town, 1, 2)


def test_what_is_found_becomes_a_linked_case(town):
    row, (share, _) = driving.issued(town)
    lon, lat = INSIDE

    finding = surveys.report_finding(share, "有垃圾", lon=lon, lat=lat, by=town.supervisor)

    case = Case.objects.get()
    assert finding.case == case
    assert (case.source, case.category_code) == ("survey", "06001")
    assert queries.figures_of(row)["found"] == 1


def test_only_who_counts_reports_findings_and_only_meanwhile(town):
    _, (share, _) = driving.issued(town)
    with pytest.raises(NotAllowed):
        surveys.report_finding(share, "有垃圾", by=town.handler)

    share = driving.count(share, town)

    with pytest.raises(surveys.FindingsOver):
        surveys.report_finding(share, "有垃圾", by=town.supervisor)


def test_calling_it_off_ends_everything_with_a_reason(town):
    row, _ = driving.issued(town)

    row = driving.survey(row, "call_off", town.duty_leader, opinion="并入全市普查")

    assert row.state == "called_off"
    assert all(tasks.open_tasks(f"survey_share:{share.pk}") == [] for share in _shares(row))
    kinds = [entry.kind for entry in journal.of_subject(f"survey:{row.pk}")]
    assert "surveys.SurveyEnded" in kinds


def _shares(row):
    return SurveyShare.objects.filter(survey=row)


def test_the_clock_of_counting_runs_to_the_last_day(town):
    row, _ = driving.issued(town)

    (clock,) = [c for c in tasks.clocks_of(f"survey:{row.pk}") if c.stopped_at is None]

    assert clock.due_at > MONDAY_MORNING + timedelta(days=4)


def test_another_role_is_refused_its_tasks(town):
    row = driving.order(town)

    for role in ("supervisor", "dispatcher", "leader", "department", "admin"):
        with pytest.raises(NotAllowed):
            driving.survey(row, "issue", town.people[role], split_by="street")


def test_a_leader_is_urged_like_any_other(town):
    """Urging knows nothing of surveys, and works on them."""
    row, _ = driving.issued(town)
    instance = tasks.instance_of(f"survey:{row.pk}")

    workflow.urge(instance, "supervise", "请抓紧", by=town.leader, at=MONDAY_MORNING)
    reply = next(task for task in tasks.open_tasks(f"survey:{row.pk}") if task.request)
    workflow.perform(reply.pk, "reply", {"opinion": "本周完成"}, by=town.duty_leader)

    assert tasks.urges_of(f"survey:{row.pk}")[0].reply == "本周完成"
