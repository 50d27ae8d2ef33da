"""What may be done with the catalogue: enter editions, classes, standards and calendar days."""

from .calendar import (
    SeasonsOverlap,
    clear_day,
    end_work_period,
    enter_day,
    enter_work_period,
)
from .changing import (
    Change,
    Days,
    NewSeason,
    NoSuchSeason,
    SeasonEnd,
    UnusableDays,
    change_calendar,
    offer_follower,
    try_change,
)
from .editions import Entered, NoFreeNumber, enter_extension, enter_shipped_editions
from .standards import StandardHoldsAlready, enter_standard, set_default_limit

__all__ = [
    "Change",
    "Days",
    "Entered",
    "NewSeason",
    "NoFreeNumber",
    "NoSuchSeason",
    "SeasonEnd",
    "SeasonsOverlap",
    "StandardHoldsAlready",
    "UnusableDays",
    "change_calendar",
    "clear_day",
    "end_work_period",
    "enter_day",
    "enter_extension",
    "enter_shipped_editions",
    "enter_standard",
    "enter_work_period",
    "offer_follower",
    "set_default_limit",
    "try_change",
]
