"""Telling people that a case was urged, and who urged that they were answered."""

from django.utils.translation import gettext_noop

from wanmi.journal.events import Entry, listen
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation
from wanmi.workflow import events as workflow
from wanmi.workflow import queries as tasks

REMINDED = gettext_noop("%(name)s reminds you of %(sort)s %(number)s.")
SUPERVISED = gettext_noop("%(name)s supervises %(sort)s %(number)s; a reply is due.")
ANSWERED = gettext_noop("%(name)s has answered the supervision of %(sort)s %(number)s.")


@listen(workflow.Urged, name="cases.tell_urged")
def tell_urged(entry: Entry) -> None:
    """Tell whoever holds the subject, and for a supervision whoever has to reply."""
    row = tasks.urge(entry.data["urge"])
    if row is None:
        return
    waiting = tasks.open_steps(row.subject)
    reply = [task for task in tasks.open_tasks(row.subject) if task.pk == row.task_id]
    people = {who for task in [*waiting, *reply] for who in _holders(task)}
    message = SUPERVISED if row.kind == "supervise" else REMINDED
    by = row.urged_by
    _tell(entry, row, people - {by.pk}, message, {"zh": by.name_zh, "en": by.name_en})


@listen(workflow.SupervisionAnswered, name="cases.tell_supervisor")
def tell_supervisor(entry: Entry) -> None:
    """Tell who put it under supervision that the reply has come."""
    row = tasks.urge(entry.data["urge"])
    if row is None or row.body is None:
        return
    _tell(entry, row, {row.urged_by_id}, ANSWERED, {"zh": row.body.name_zh, "en": row.body.name_en})


def _tell(
    entry: Entry, row: tasks.Urge, people: set[int], message: str, name: dict[str, str]
) -> None:
    about = [row.task] if row.task is not None else tasks.open_steps(row.subject)
    line = tasks.lines_of(tasks.rows_of(about)).get(row.subject)
    if line is None:
        return
    face = tasks.face_of(row.subject)
    notices.tell(
        people,
        kind="urged",
        message=message,
        params={
            "name": name,
            "sort": {"zh": face.name_zh, "en": face.name_en},
            "number": line.number,
        },
        link=line.link,
        subject=f"urge:{row.pk}",
        at=entry.at,
    )


def _holders(task: tasks.Task) -> list[int]:
    if task.holder_id:
        return [task.holder_id]
    return organisation.holders(task.role, task.body_id, task.area_path)
