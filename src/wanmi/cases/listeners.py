"""What the room does when it hears news."""

from django.urls import reverse

from wanmi.journal.events import Entry, listen
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation
from wanmi.workflow import events as workflow
from wanmi.workflow import queries as tasks

from . import events, layers
from .models import Case


@listen(
    events.CaseReported,
    events.CasePlaced,
    events.CaseEnded,
    workflow.TaskFinished,
    workflow.AdjustmentDecided,
    workflow.Resumed,
    name="cases.count_on_map",
)
def count_on_map(entry: Entry) -> None:
    """Have the map count the cases where this one is, and where it was, anew."""
    kind, _, key = entry.subject.partition(":")
    if kind == "case":
        here = Case.objects.filter(pk=int(key)).values_list("cell", flat=True).first()
        layers.recount_soon([here, entry.data.get("from_cell")])


@listen(events.CaseReported, workflow.TaskFinished, name="cases.tell_holders")
def tell_holders(entry: Entry) -> None:
    """Tell those whose task has opened that it waits for them."""
    for opened in entry.data.get("opened", ()):
        # Somebody may have been faster than this news; the inbox is for what still waits.
        task = tasks.task(opened["task"])
        if task is not None and task.state == "open":
            _tell(entry, task)


def _tell(entry: Entry, task: tasks.Task) -> None:
    case = Case.objects.filter(pk=int(entry.subject.partition(":")[2])).first()
    if case is None:
        return
    people = [task.holder_id] if task.holder_id else _holders(task)
    notices.tell(
        {person for person in people if entry.actor != f"user:{person}"},
        kind="task_opened",
        message="%(step)s: case %(number)s waits for you.",
        params={"step": {"zh": task.name_zh, "en": task.name_en}, "number": case.number},
        link=reverse("cases:case", args=[case.number]),
        subject=f"task:{task.pk}",
        at=entry.at,
    )


def _holders(task: tasks.Task) -> list[int]:
    return organisation.holders(task.role, task.body_id, task.area_path)
