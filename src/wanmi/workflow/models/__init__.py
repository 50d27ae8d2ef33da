"""Procedures and instances, tasks and their log, clocks, adjustments, urging."""

from .adjustments import Adjustment, AdjustmentRule, AdjustmentState, Approval
from .clocks import Clock, ClockLevel, ClockPause, EscalationStep
from .procedures import DecisionTable, Instance, InstanceMove, Procedure, ProcedureDraft
from .tasks import FlowStep, Task, TaskState
from .urging import Urge, UrgeKind

__all__ = [
    "Adjustment",
    "AdjustmentRule",
    "AdjustmentState",
    "Approval",
    "Clock",
    "ClockLevel",
    "ClockPause",
    "DecisionTable",
    "EscalationStep",
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
