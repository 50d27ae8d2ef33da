"""Tasks beside the drawing: deciding on a request, answering supervision, asking a reporter.

They are tasks like any other, in the same inbox, so that nobody has two lists.
`Task.request` names the kind and the row ("adjustment:5").
"""

from dataclasses import dataclass
from typing import Any

from .drawing import Outcome, Step

Form = dict[str, Any]


@dataclass(frozen=True)
class RequestKind:
    """How tasks of a kind of request can be finished, and what that asks for."""

    outcomes: tuple[Outcome, ...]
    forms: dict[str, Form]


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


def words_field(title: str, title_zh: str, **more: Any) -> Form:
    """Return a field for a few sentences."""
    words = {"type": "string", "title": title, "maxLength": 2000, "x-ui": "textarea"}
    return {**words, "x-zh": {"title": title_zh}, **more}


def form_of(required: list[str], **fields: Form) -> Form:
    """Return a form of these fields."""
    form = {"type": "object", "properties": fields, "required": required}
    return {**form, "additionalProperties": False}


_FORMS = {
    "opinion": form_of([], opinion=words_field("Opinion", "意见")),
    "reason": form_of(["opinion"], opinion=words_field("Reason", "理由", minLength=2)),
}

offer_request(
    "adjustment",
    RequestKind(
        (
            Outcome("agree", "同意", "Agree", "opinion", "primary"),
            Outcome("refuse", "不同意", "Refuse", "reason", "danger"),
        ),
        _FORMS,
    ),
)
offer_request(
    "urge", RequestKind((Outcome("reply", "回复", "Reply", "reason", "primary"),), _FORMS)
)
