"""Procedures and instances, tasks and their log, clocks, adjustments, urging."""

from .adjustments import Adjustment, AdjustmentRule, AdjustmentState, Approval
from .clocks import Clock, ClockPause
from .procedures import Instance, Procedure
from .tasks import FlowStep, Task, TaskState
from .urging import Urge, UrgeKind

__all__ = [
    "Adjustment",
    "AdjustmentRule",
    "AdjustmentState",
    "Approval",
    "Clock",
    "ClockPause",
    "FlowStep",
    "Instance",
    "Procedure",
    "Task",
    "TaskState",
    "Urge",
    "UrgeKind",
]
