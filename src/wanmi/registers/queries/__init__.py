"""What may be asked of the registers: parts by identifier, place and words; their history."""

from ..actions.deciding import now_of
from ..models import Part, PartChange, PartRequest, PartState, RequestKind, RequestState
from .parts import NoSuchPart, by_id, by_ids, history, nearby, part, require_part
from .requests import (
    RELATED,
    RequestFilters,
    may_see_request,
    may_see_subject,
    request_of,
    requests,
    requests_about,
    requests_for,
)
from .searching import Filters, ending_with, search

__all__ = [
    "RELATED",
    "Filters",
    "NoSuchPart",
    "Part",
    "PartChange",
    "PartRequest",
    "PartState",
    "RequestFilters",
    "RequestKind",
    "RequestState",
    "by_id",
    "by_ids",
    "ending_with",
    "history",
    "may_see_request",
    "may_see_subject",
    "nearby",
    "now_of",
    "part",
    "request_of",
    "requests",
    "requests_about",
    "requests_for",
    "require_part",
    "search",
]
