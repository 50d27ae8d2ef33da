"""What may be done with the journal: record deeds, schedule and do work."""

from wanmi.shell.sending import do, run, together

from ..checks import offer_check
from .inserting import draw_keys, insert, new_row
from .jobs import do_due_jobs, offer_job, schedule, schedule_periodic
from .limiting import RateLimit
from .listening import hear_news
from .recording import Actor, actor_name, deed, publish
from .repeating import KeyReused, UnusableKey, answer_once
from .taking_forms import status_of, take_form

__all__ = [
    "Actor",
    "KeyReused",
    "RateLimit",
    "UnusableKey",
    "actor_name",
    "answer_once",
    "deed",
    "do",
    "do_due_jobs",
    "draw_keys",
    "hear_news",
    "insert",
    "new_row",
    "offer_check",
    "offer_job",
    "publish",
    "run",
    "schedule",
    "schedule_periodic",
    "status_of",
    "take_form",
    "together",
]
