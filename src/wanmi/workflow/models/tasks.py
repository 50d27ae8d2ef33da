"""Tasks, and the log of what was done with them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .procedures import Instance


class TaskState(models.TextChoices):
    """A task is open until somebody does it or the procedure withdraws it."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Task(models.Model):
    """Somebody has to do this by then: one table for every procedure.

    A task goes to a role in a body (its posts); a holder has claimed it.
    `barred` is the person who may not do it (the check is never made by the
    handler).
    """

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    step = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    role = models.CharField(max_length=30)
    body = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    area_path = models.CharField(max_length=160, blank=True)
    holder = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    barred = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    opened_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    outcome = models.CharField(max_length=60, blank=True)
    fields = models.JSONField(default=dict)
    engine_id = models.CharField(max_length=40, blank=True)
    request = models.CharField(max_length=40, blank=True)
    """What this task decides or answers beside the drawing ("adjustment:5"); empty for a step."""

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["role", "body", "due_at"],
                name="task_open_by_post",
                condition=Q(state="open"),
            ),
            # Who holds or did it is indexed once somebody does: opening a task writes nothing.
            models.Index(
                fields=["holder", "state"],
                name="task_by_holder",
                condition=Q(holder__isnull=False),
            ),
            models.Index(
                fields=["barred"], name="task_by_barred", condition=Q(barred__isnull=False)
            ),
            models.Index(fields=["subject"], name="task_by_subject"),
            models.Index(
                fields=["done_by", "done_at"],
                name="task_by_doer",
                condition=Q(done_by__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_done_task_has_an_outcome",
                condition=~Q(state="done") | (Q(done_at__isnull=False) & ~Q(outcome="")),
            )
        ]


class FlowStep(models.Model):
    """One line of the immutable flow log: who did what, with which opinion, how fast."""

    instance = models.ForeignKey(
        Instance, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    operation = models.CharField(max_length=20)
    step = models.CharField(max_length=60)
    step_zh = models.CharField(max_length=60)
    step_en = models.CharField(max_length=80)
    outcome = models.CharField(max_length=60, blank=True)
    outcome_zh = models.CharField(max_length=60, blank=True)
    outcome_en = models.CharField(max_length=80, blank=True)
    opinion = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    operator = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    acted_for = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    """The holder of the post, where a deputy acted."""
    post = models.ForeignKey(
        "organisation.Post",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    receiver_zh = models.CharField(max_length=160, blank=True)
    receiver_en = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    operated_at = models.DateTimeField()
    seconds_used = models.PositiveIntegerField(default=0)
    is_overdue = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["instance", "id"], name="flow_by_instance"),
            models.Index(fields=["task"], name="flow_by_task", condition=Q(task__isnull=False)),
            models.Index(fields=["post"], name="flow_by_post", condition=Q(post__isnull=False)),
        ]
