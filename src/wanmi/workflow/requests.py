"""Tasks beside the drawing: deciding on a request, answering supervision, asking a reporter.

They are tasks like any other, in the same inbox, so that nobody has two lists.
`Task.request` names the kind and the row ("adjustment:5").
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .drawing import Outcome, Step

Form = dict[str, Any]
Settle = Callable[[Any, str, Form, Any, datetime], None]
"""Finishes a task: the task, the outcome chosen, the checked fields, who, when."""


@dataclass(frozen=True)
class RequestKind:
    """How tasks of a kind of request can be finished, what that asks for, and what it does.

    `rests`: its clock stands still while its subject is suspended.
    """

    outcomes: tuple[Outcome, ...]
    forms: dict[str, Form]
    settle: Settle
    rests: bool = False


_kinds: dict[str, RequestKind] = {}


def offer_request(kind: str, how: RequestKind) -> None:
    """Say how tasks of a kind of request are finished."""
    _kinds[kind] = how


def step_of_request(request: str, role: str, name_zh: str, name_en: str) -> Step:
    """Return the step of a task that belongs to a request."""
    kind = request.partition(":")[0]
    return Step(kind, name_zh, name_en, role, stage="", outcomes=_kinds[kind].outcomes)


def forms_of_request(request: str) -> dict[str, Form]:
    """Return the forms of a kind of request by name."""
    return _kinds[request.partition(":")[0]].forms


def settle_request(task: Any, outcome: str, given: Form, by: Any, at: datetime) -> None:
    """Finish a task of a request as its kind says."""
    _kinds[task.request.partition(":")[0]].settle(task, outcome, given, by, at)


def resting_kinds() -> list[str]:
    """Return the kinds of request whose clocks rest while their subject is suspended."""
    return [name for name, kind in _kinds.items() if kind.rests]


def words_field(title: str, title_zh: str, **more: Any) -> Form:
    """Return a field for a few sentences."""
    words = {"type": "string", "title": title, "maxLength": 2000, "x-ui": "textarea"}
    return {**words, "x-zh": {"title": title_zh}, **more}


def media_field(title: str, title_zh: str, purpose: str, **more: Any) -> Form:
    """Return a field for photographs that become evidence for a purpose."""
    media = {"type": "array", "title": title, "items": {"type": "integer"}, "maxItems": 12}
    return {
        **media,
        "x-zh": {"title": title_zh},
        "uniqueItems": True,
        "x-ui": "media",
        "x-purpose": purpose,
        **more,
    }


def form_of(required: list[str], **fields: Form) -> Form:
    """Return a form of these fields."""
    form = {"type": "object", "properties": fields, "required": required}
    return {**form, "additionalProperties": False}


OPINION_FORMS = {
    "opinion": form_of([], opinion=words_field("Opinion", "意见")),
    "reason": form_of(["opinion"], opinion=words_field("Reason", "理由", minLength=2)),
}
"""The two forms most requests need: words if one likes, and words that must be given."""
