"""Whose task is it: which of a person's posts, or of those they stand in for, lets them do it."""

from wanmi.organisation import queries as organisation

from .models import Task


def post_for(scope: organisation.Scope, task: Task) -> organisation.Holding | None:
    """Return the post by which a person may do a task, their own before another's.

    Who may not do a task (`barred`) may not let a deputy do it either.
    """
    for held in posts_for(scope, task):
        if held.for_id is None or held.for_id != task.barred_id:
            return held
    return None


def posts_for(scope: organisation.Scope, task: Task) -> list[organisation.Holding]:
    """Return the posts a task goes to among those a person holds or stands in for."""
    return [held for held in scope.holdings if _fits(held, task)]


def work_of(task: Task) -> str:
    """Return which kind of task this is, as deputies are given them."""
    if not task.request:
        return organisation.deputies.STEPS
    is_decision = task.request.startswith("adjustment:")
    return organisation.deputies.DECISIONS if is_decision else organisation.deputies.OTHERS


def asks(held: organisation.Holding) -> bool:
    """Say whether a post lets somebody ask for adjustments: a deputy only with the steps."""
    return held.for_id is None or organisation.deputies.STEPS in held.works


def _fits(held: organisation.Holding, task: Task) -> bool:
    return (
        held.role == task.role
        and organisation.duties.WORK_TASKS in held.duties
        and (task.body_id is None or held.body_id == task.body_id)
        and (not task.area_path or task.area_path.startswith(held.area_path))
        and (held.for_id is None or work_of(task) in held.works)
    )
