"""What the room does when it hears news."""

from wanmi.journal.events import Entry, listen
from wanmi.workflow import events as workflow

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
