"""What may be done with a case: report it, work its tasks."""

from .procedure import publish_standard_case
from .reporting import Reporter, UnknownCategory, UnknownPart, report
from .working import perform_task

__all__ = [
    "Reporter",
    "UnknownCategory",
    "UnknownPart",
    "perform_task",
    "publish_standard_case",
    "report",
]
