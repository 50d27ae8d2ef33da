"""Procedures and instances, tasks and their log, clocks, adjustments, urging."""

from .adjustments import Adjustment, AdjustmentRule, AdjustmentState, Approval
from .clocks import Clock, ClockPause
from .procedures import DecisionTable, Instance, InstanceMove, Procedure, ProcedureDraft
from .tasks import FlowStep, Task, TaskState
from .urging import Urge, UrgeKind

__all__ = [
    "Adjustment",
    "AdjustmentRule",
    "AdjustmentState",
    "Approval",
    "Clock",
    "ClockPause",
    "DecisionTable",
    "FlowStep",
    "Instance",
    "InstanceMove",
    "Procedure",
    "ProcedureDraft",
    "Task",
    "TaskState",
    "Urge",
    "UrgeKind",
]
