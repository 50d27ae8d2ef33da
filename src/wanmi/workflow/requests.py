"""Steps beside the drawing: deciding on a request, answering supervision.

They are tasks like any other, in the same inbox, so that nobody has two lists.
"""

from typing import Any

from .drawing import Outcome, Step

_AGREE = Outcome("agree", "同意", "Agree", "opinion", "primary")
_REFUSE = Outcome("refuse", "不同意", "Refuse", "reason", "danger")
_REPLY = Outcome("reply", "回复", "Reply", "reason", "primary")


def _text(title: str, title_zh: str, **more: Any) -> dict[str, Any]:
    words = {"type": "string", "title": title, "maxLength": 2000, "x-ui": "textarea"}
    return {**words, "x-zh": {"title": title_zh}, **more}


def _form(required: list[str], **fields: Any) -> dict[str, Any]:
    form = {"type": "object", "properties": fields, "required": required}
    return {**form, "additionalProperties": False}


FORMS: dict[str, dict[str, Any]] = {
    "opinion": _form([], opinion=_text("Opinion", "意见")),
    "reason": _form(["opinion"], opinion=_text("Reason", "理由", minLength=2)),
}


def step_of_request(step: str, role: str, name_zh: str, name_en: str) -> Step:
    """Return the step of a task that decides or answers a request."""
    outcomes = (_REPLY,) if step == "reply" else (_AGREE, _REFUSE)
    return Step(step, name_zh, name_en, role, stage="", outcomes=outcomes)
