"""Who hears of a clock that turned: by the organisation, each share of the limit once."""

from datetime import time, timedelta

import pytest
from django.utils import translation

from tests.cases.driving import later, to_assigning, to_handling
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.notices import actions as notices
from wanmi.notices import queries as inboxes
from wanmi.notices.models import Notice
from wanmi.workflow import actions as workflow
from wanmi.workflow.models import Clock, EscalationStep

KINDS = ("clock_turned", "clocks_turned")


def listen():
    while journal.hear_news():
        pass


def sweep(at):
    workflow.sweep(at)
    listen()


def told(user):
    rows = Notice.objects.filter(user=user, kind__in=KINDS).order_by("id")
    with translation.override("zh-hans"):
        return [row.sentence for row in rows]


def clock(stage="handling"):
    return Clock.objects.get(stage=stage, stopped_at__isnull=True)


def test_the_handler_is_warned_then_the_head_hears_then_the_leader(town):
    to_handling(town)
    due = clock()

    sweep(due.warn_at)
    assert len(told(town.handler)) == 1
    assert told(town.department) == []

    sweep(due.due_at)
    assert len(told(town.handler)) == 2
    assert len(told(town.department)) == 1
    assert told(town.leader) == []

    sweep(clock().turn_at)
    assert len(told(town.leader)) == 1
    assert "150%" in told(town.leader)[0].replace(" ", "")


def test_half_as_much_again_is_counted_on_the_working_calendar(town):
    to_handling(town)
    sweep(clock().due_at)

    # Four working hours from 09:15 are over at 15:15; two more at 17:15.
    assert clock().turn_at == clock().due_at + timedelta(hours=2)


def test_after_days_of_downtime_each_person_gets_one_notice(town):
    to_handling(town)

    sweep(later(10 * 24 * 60))
    sweep(later(10 * 24 * 60 + 1))

    assert [len(told(user)) for user in (town.handler, town.department, town.leader)] == [1, 1, 1]
    assert clock().turn_at is None


def test_many_clocks_are_one_number_and_lead_to_the_list(town):
    for _ in range(5):
        to_handling(town)

    sweep(later(10 * 24 * 60))

    assert told(town.handler) == ["5 个时限已超期，0 个即将到期。"]
    links = set(Notice.objects.filter(kind="clocks_turned").values_list("link", flat=True))
    assert links == {"/?tab=todo", "/cases?open=yes&lamp=red&sort=due"}


def test_batches_of_a_large_sweep_add_up_to_one_notice(town, monkeypatch):
    from wanmi.workflow.actions import sweeping

    monkeypatch.setattr(sweeping, "BATCH", 2)
    for _ in range(5):
        to_handling(town)

    sweep(later(10 * 24 * 60))

    assert told(town.handler) == ["5 个时限已超期，0 个即将到期。"]


def test_in_quiet_hours_it_waits_and_gathers(town):
    notices.set_quiet_hours(by=town.handler, from_time=time(8), to_time=time(18))
    to_handling(town)
    to_handling(town)
    due = Clock.objects.filter(stage="handling").first()

    sweep(due.warn_at)

    row = Notice.objects.get(user=town.handler, kind="clocks_turned")
    assert row.params == {"overdue": 0, "soon": 2}
    assert row.shown_from == later(9 * 60), "18:00 in the city"


def test_the_post_s_own_limit_is_told_to_the_post(town):
    to_assigning(town)

    sweep(clock("assign").due_at)

    assert len(told(town.department)) == 1
    assert len(told(town.dispatcher)) == 1, "one post above the department"
    assert told(town.handler) == []


def test_a_city_chooses_its_steps(town):
    EscalationStep.objects.all().delete()
    workflow.set_escalation(
        level="stage", stage="handling", percent=120, tell=["role:evaluator"], by=town.admin
    )
    to_handling(town)

    sweep(clock().due_at)
    sweep(clock().turn_at)

    assert len(told(town.evaluator)) == 1
    assert told(town.handler) == []


@pytest.mark.parametrize(
    ("percent", "tell"), [(50, ["holder"]), (1001, ["holder"]), (100, []), (100, ["role:nobody"])]
)
def test_an_unusable_step_is_refused(town, percent, tell):
    with pytest.raises(Invalid):
        workflow.set_escalation(percent=percent, tell=tell, by=town.admin)


def test_a_supervised_person_is_not_told_of_a_case_that_is_done(town):
    to_handling(town)
    due = clock()
    workflow.sweep(due.warn_at)
    Clock.objects.filter(pk=due.pk).update(stopped_at=due.warn_at)

    listen()

    assert told(town.handler) == []
    assert inboxes.unread_count(town.handler.pk) <= 1
