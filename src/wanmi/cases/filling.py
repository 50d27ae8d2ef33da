"""What people fill in: the media of a form become evidence."""

from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.evidence import actions as evidence
from wanmi.workflow import queries as tasks


def attach_media(
    task: tasks.Task, given: dict[str, Any], form: dict[str, Any], by: User, at: datetime
) -> None:
    """Make the media named in a form evidence of the task's subject."""
    for name, field in form.get("properties", {}).items():
        if field.get("x-ui") == "media" and given.get(name):
            evidence.attach(
                given[name],
                subject=task.subject,
                purpose=field.get("x-purpose", task.step),
                step=task.step,
                by=by,
                at=at,
            )
