"""What may be done with consultations: open one, give an opinion, conclude."""

from .opening import NobodyToAsk, UnknownCase, open_consultation
from .working import (
    NotConsulted,
    OpinionsOutstanding,
    perform_consultation_task,
    perform_opinion_task,
)

__all__ = [
    "NobodyToAsk",
    "NotConsulted",
    "OpinionsOutstanding",
    "UnknownCase",
    "open_consultation",
    "perform_consultation_task",
    "perform_opinion_task",
]
