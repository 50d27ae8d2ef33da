"""What may be done with the catalogue: enter editions, classes, standards and calendar days."""

from .calendar import (
    SeasonsOverlap,
    clear_day,
    end_work_period,
    enter_day,
    enter_work_period,
)
from .editions import Entered, NoFreeNumber, enter_extension, enter_shipped_editions
from .standards import StandardHoldsAlready, enter_standard, set_default_limit

__all__ = [
    "Entered",
    "NoFreeNumber",
    "SeasonsOverlap",
    "StandardHoldsAlready",
    "clear_day",
    "end_work_period",
    "enter_day",
    "enter_extension",
    "enter_shipped_editions",
    "enter_standard",
    "enter_work_period",
    "set_default_limit",
]
