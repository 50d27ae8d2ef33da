"""What may be asked of the registers: parts by identifier, place and words; their history."""

from ..models import Part, PartChange, PartState
from .parts import NoSuchPart, by_id, by_ids, history, nearby, part, require_part
from .searching import Filters, search

__all__ = [
    "Filters",
    "NoSuchPart",
    "Part",
    "PartChange",
    "PartState",
    "by_id",
    "by_ids",
    "history",
    "nearby",
    "part",
    "require_part",
    "search",
]
