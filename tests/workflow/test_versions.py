"""Drafts, publishing, bringing back, and moving running cases."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests import town as towns
from tests.town import Town
from tests.workflow.drawings import FORMS, STANDARD, with_photo_review
from wanmi.cases import actions as cases
from wanmi.cases.models import Case
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries
from wanmi.workflow.models import Instance, Procedure, Task

CODE = "standard_case"


def _case(town: Town) -> Case:
    return cases.report(
        "路口有垃圾",
        lon=towns.INSIDE[0],
        lat=towns.INSIDE[1],
        kind="event",
        category="06001",
        by=town.supervisor,
    )


def _do(case: Case, action: str, by: object, **fields: object) -> None:
    task = Task.objects.get(subject=f"case:{case.pk}", state="open")
    cases.perform_task(task, action, fields, by=by)  # type: ignore[arg-type]


def _to_feedback(case: Case, town: Town) -> None:
    _do(case, "submit", town.acceptor)
    _do(case, "file", town.duty_leader, standard=town.condition.pk)
    _do(case, "dispatch", town.dispatcher, department="CLEAN")
    _do(case, "assign", town.department, handler=town.handler.pk)
    _do(case, "done", town.handler, opinion="已清理")


def _publish_review(town: Town) -> Procedure:
    workflow.save_draft(CODE, with_photo_review(), FORMS, seen=0, by=town.admin)
    return workflow.publish_draft(CODE, by=town.admin)


def _open_step(case: Case) -> str:
    return Task.objects.get(subject=f"case:{case.pk}", state="open").step


def test_the_next_case_has_the_new_step_and_the_running_one_has_not(town: Town) -> None:
    running = _case(town)
    published = _publish_review(town)
    fresh = _case(town)

    for case in (running, fresh):
        _to_feedback(case, town)
        _do(case, "confirm", town.dispatcher)

    assert published.version == 2
    assert _open_step(running) == "check"
    assert _open_step(fresh) == "photo_review"
    _do(fresh, "good", town.dispatcher)
    assert _open_step(fresh) == "check"


def test_a_draft_is_saved_by_one_at_a_time(town: Town) -> None:
    workflow.save_draft(CODE, STANDARD, FORMS, seen=0, by=town.admin)

    with pytest.raises(workflow.DraftChanged):
        workflow.save_draft(CODE, STANDARD, FORMS, seen=0, by=town.admin)

    assert workflow.save_draft(CODE, STANDARD, FORMS, seen=1, by=town.admin).version == 2


def test_a_drawing_with_errors_is_kept_but_not_published(town: Town) -> None:
    broken = STANDARD.replace('role="acceptor"', 'role="king"')
    workflow.save_draft(CODE, broken, FORMS, seen=0, by=town.admin)

    with pytest.raises(workflow.DrawingHasErrors) as refused:
        workflow.publish_draft(CODE, by=town.admin)

    assert refused.value.errors[0]["loc"] == ["drawing", "accept"]
    newest = queries.newest(CODE)
    assert newest is not None
    assert newest.version == 1


def test_bringing_a_version_back_publishes_it_anew(town: Town) -> None:
    _publish_review(town)

    restored = workflow.restore_version(CODE, 1, by=town.admin)

    assert (restored.version, restored.restores, restored.drawing) == (3, 1, STANDARD)


def test_a_running_case_moves_where_its_step_still_means_the_same(town: Town) -> None:
    case = _case(town)
    _to_feedback(case, town)
    to = _publish_review(town)

    report = workflow.plan_move(CODE, to)
    workflow.move_running(CODE, to, by=town.admin)
    _do(case, "confirm", town.dispatcher)

    assert report == workflow.MoveReport([f"case:{case.pk}"], {})
    assert _open_step(case) == "photo_review"
    instance = Instance.objects.get(subject=f"case:{case.pk}")
    workflow.rebuild_state(instance)
    _do(case, "good", town.dispatcher)
    assert _open_step(case) == "check"


def test_a_case_stays_where_its_step_means_something_else(town: Town) -> None:
    case = _case(town)
    changed = STANDARD.replace('<wanmi:step role="acceptor"', '<wanmi:step role="duty_leader"')
    to = workflow.publish_procedure(CODE, changed, FORMS)

    report = workflow.plan_move(CODE, to)

    assert list(report.staying) == [f"case:{case.pk}"]
    with translation.override("zh-hans"):
        told = workflow.plan_move(CODE, to).staying[f"case:{case.pk}"]
    assert "含义已改变" in told
    with pytest.raises(workflow.CannotMove):
        workflow.move_instance(f"case:{case.pk}", to, by=town.admin)


def test_a_case_stays_when_a_step_it_has_passed_is_gone(town: Town) -> None:
    review = _publish_review(town)
    case = _case(town)
    _to_feedback(case, town)
    _do(case, "confirm", town.dispatcher)
    _do(case, "good", town.dispatcher)
    to = workflow.restore_version(CODE, 1, by=town.admin)

    report = workflow.plan_move(CODE, to)

    assert review.version == 2
    assert list(report.staying) == [f"case:{case.pk}"]
