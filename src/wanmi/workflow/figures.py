"""Figures of the clocks and tasks."""

from collections.abc import Iterator

from django.utils import timezone

from wanmi.shell.metrics import Figure

from .models import Clock, Task


def figures() -> Iterator[Figure]:
    """Tell how many clocks run, how many of them are late, and how many tasks are open."""
    running = Clock.objects.filter(stopped_at__isnull=True, paused_at__isnull=True)
    late = running.filter(due_at__lt=timezone.now()).count()
    yield Figure("wanmi_clocks_running", "Clocks of stages that run", running.count())
    yield Figure("wanmi_clocks_late", "Running clocks past their deadline", late)
    open_tasks = Task.objects.filter(state="open").count()
    yield Figure("wanmi_tasks_open", "Tasks that wait for somebody", open_tasks)
