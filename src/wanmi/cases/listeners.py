"""What the room does when it hears news."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from wanmi.journal.events import Entry, listen
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation
from wanmi.workflow import events as workflow
from wanmi.workflow import queries as tasks

from . import events, layers
from .errands.kinds import kind_of
from .models import Case, Errand

OPENED = gettext_noop("%(step)s: %(sort)s %(number)s waits for you.")
ANSWERED = gettext_noop("%(step)s: answered on case %(number)s.")


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


@listen(
    events.CaseReported,
    events.ErrandGiven,
    workflow.TaskFinished,
    workflow.TaskHandedOver,
    workflow.Begun,
    name="cases.tell_holders",
)
def tell_holders(entry: Entry) -> None:
    """Tell those whose task has opened that it waits for them, whatever it is about."""
    for opened in entry.data.get("opened", ()):
        # Somebody may have been faster than this news; the inbox is for what still waits.
        task = tasks.task(opened["task"])
        if task is not None and task.state == "open":
            _tell(entry, task)


@listen(events.ErrandAnswered, name="cases.tell_giver")
def tell_giver(entry: Entry) -> None:
    """Tell who asked for something beside the drawing that it was answered."""
    errand = Errand.objects.filter(pk=entry.data["errand"]).select_related("case").first()
    if errand is None or errand.given_by_id is None or entry.actor == f"user:{errand.given_by_id}":
        return
    how = kind_of(errand.kind)
    zh, en = how.task_name if how else (errand.kind, errand.kind)
    notices.tell(
        {errand.given_by_id},
        kind="errand_answered",
        message=ANSWERED,
        params={"step": {"zh": zh, "en": en}, "number": errand.case.number},
        link=reverse("cases:case", args=[errand.case.number]),
        subject=f"case:{errand.case_id}",
        at=entry.at,
    )


def _tell(entry: Entry, task: tasks.Task) -> None:
    line = tasks.lines_of(tasks.rows_of([task])).get(task.subject)
    if line is None:
        return
    face = tasks.face_of(task.subject)
    people = [task.holder_id] if task.holder_id else _holders(task)
    notices.tell(
        {person for person in people if entry.actor != f"user:{person}"},
        kind="task_opened",
        message=OPENED,
        params={
            "step": {"zh": task.name_zh, "en": task.name_en},
            "sort": {"zh": face.name_zh, "en": face.name_en},
            "number": line.number,
        },
        link=line.link,
        subject=f"task:{task.pk}",
        at=entry.at,
    )


def _holders(task: tasks.Task) -> list[int]:
    post = (task.role, task.body_id, task.area_path)
    return [*organisation.holders(*post), *organisation.standing_in(*post, tasks.work_of(task))]
