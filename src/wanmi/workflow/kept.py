"""Drawings and forms as they were published: kept by their digest, read once per process.

They are many times larger than everything else of a task and never change under their digest.
"""

from typing import Any

from wanmi.kernel.remembered import Remembered
from wanmi.shell.statements import Statements

from .models import Instance, Procedure, Task

LARGE = ("drawing", "forms")
MOST = 200

_task_rows, _instance_rows = Statements(Task), Statements(Instance)
_procedure_rows = Statements(Procedure, without=LARGE)
_contents: dict[str, dict[str, Any]] = {}


def whole(procedure: Procedure) -> Procedure:
    """Give a procedure that was read without its large columns their content."""
    if procedure.digest not in _contents:
        if len(_contents) >= MOST:
            _contents.clear()
        row = Procedure.objects.filter(pk=procedure.pk).values(*LARGE).get()
        _contents[procedure.digest] = dict(row)
    procedure.__dict__.update(_contents[procedure.digest])
    return procedure


def newest(code: str) -> Procedure:
    """Return the version new instances begin with."""
    return _newest.get(code, lambda: _find_newest(code))


_newest: Remembered[str, Procedure] = Remembered()


def _find_newest(code: str) -> Procedure:
    rows = Procedure.objects.filter(
        code=code, published_at__isnull=False, retired_at__isnull=True
    ).defer(*LARGE)
    return whole(rows.latest("version"))


def task(key: int) -> Task | None:
    """Return a task with instance and procedure, as every step asks for it."""
    found = next(iter(_task_rows.find(id=key)), None)
    if found is not None:
        (found.instance,) = _instance_rows.find(id=found.instance_id)
        (procedure,) = _procedure_rows.find(id=found.instance.procedure_id)
        found.instance.procedure = whole(procedure)
    return found


def tasks(*with_rows: str, **equal: Any) -> list[Task]:
    """Return tasks with instance, procedure and the named rows, oldest first."""
    large = [f"instance__procedure__{name}" for name in LARGE]
    rows = Task.objects.filter(**equal).select_related("instance__procedure", *with_rows)
    found = list(rows.defer(*large).order_by("id"))
    for task in found:
        whole(task.instance.procedure)
    return found


def instance(subject: str) -> Instance | None:
    """Return the instance of a subject with its procedure."""
    rows = Instance.objects.select_related("procedure").filter(subject=subject)
    found = rows.defer(*(f"procedure__{name}" for name in LARGE)).first()
    if found is not None:
        whole(found.procedure)
    return found
