"""What may be done with the catalogue: enter editions, classes, standards and calendar days."""

from ..drafting.matter import Namer, offer_namer
from ..queries.standards import offer_running_count
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
    Notice,
    NoticeDay,
    SeasonEnd,
    UnusableDays,
    change_calendar,
    offer_follower,
    try_change,
)
from .editions import Entered, NoFreeNumber, enter_extension, enter_shipped_editions
from .standards import StandardHoldsAlready, end_standard, enter_standard, set_default_limit

__all__ = [
    "Change",
    "Days",
    "Entered",
    "Namer",
    "NewSeason",
    "NoFreeNumber",
    "NoSuchSeason",
    "Notice",
    "NoticeDay",
    "SeasonEnd",
    "SeasonsOverlap",
    "StandardHoldsAlready",
    "UnusableDays",
    "change_calendar",
    "clear_day",
    "end_standard",
    "end_work_period",
    "enter_day",
    "enter_extension",
    "enter_shipped_editions",
    "enter_standard",
    "enter_work_period",
    "offer_follower",
    "offer_namer",
    "offer_running_count",
    "set_default_limit",
    "try_change",
]
