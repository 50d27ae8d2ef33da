"""What a kind of errand is: who may give it when, to whom it goes, how it is answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_noop

from wanmi.accounts.queries import User
from wanmi.kernel.limits import Limit
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from ..models import Case
from .models import Errand, ErrandState

Form = dict[str, Any]


@dataclass(frozen=True)
class Address:
    """Whose task an errand becomes; without a body the nearest one of the role answers."""

    role: str
    body: int | None = None
    post: int | None = None
    barred: int | None = None


class ErrandKind:
    """The base of every kind. Methods look at the case and refuse; they write nothing."""

    code = ""
    name: str | Promise = ""
    task_name = ("", "")
    duty = ""
    rests = False
    """Whether its clock stands still while the case is suspended."""
    moves_step = False
    """Whether giving and ending it hands a step over, which has a line in the flow log already."""
    ends_with_case = True
    """Whether it is recalled when the case ends unanswered."""
    ended_state = ErrandState.RECALLED
    outcomes: tuple[tasks.Outcome, ...] = ()
    forms: dict[str, Form] = workflow.OPINION_FORMS

    def is_ready(self, case: Case, steps: set[str]) -> bool:
        """Say whether it can be given while the case waits at these steps."""
        return bool(steps)

    def may_give(self, case: Case, scope: organisation.Scope) -> bool:
        """Say whether a person who holds the duty may give it now."""
        return True

    def may_end(self, errand: Errand, scope: organisation.Scope) -> bool:
        """Say whether a person who holds the duty may still waive or recall it."""
        return True

    def end_state(self, errand: Errand, scope: organisation.Scope) -> ErrandState:
        """Return what ending it means when this person does it."""
        return self.ended_state

    def form(self, case: Case) -> Form:
        """Return what the giver is asked, choices filled in, in the reader's language."""
        return asking(words=words_of(gettext_noop("What is asked")))

    def address(self, case: Case, given: Form) -> Address:
        """Return whose task it becomes. May refuse."""
        raise NotImplementedError

    def limit(self, case: Case, given: Form, at: datetime) -> Limit | None:
        """Return within what time an answer is due."""
        return None

    def details(self, case: Case, given: Form, at: datetime) -> dict[str, Any]:
        """Return what this kind keeps beside the words."""
        return {}

    def request(self, errand: Errand) -> str:
        """Return the kind of request its task is finished by."""
        return self.code

    def check_answer(self, errand: Errand, outcome: str, at: datetime) -> None:
        """Refuse an answer that may not be given now."""

    def given(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Do what follows from giving it, in the same deed."""

    def answered(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Do what follows from the answer, in the same deed."""

    def ended(self, errand: Errand, by: User | None, at: datetime) -> None:
        """Do what follows from waiving or recalling it, in the same deed."""


_kinds: dict[str, ErrandKind] = {}


def offer(kind: ErrandKind, settle: Any) -> None:
    """Let a kind of errand be given, its tasks finished by `settle`."""
    _kinds[kind.code] = kind
    if kind.outcomes:
        how = workflow.RequestKind(kind.outcomes, kind.forms, settle, rests=kind.rests)
        workflow.offer_request(kind.code, how)


def kind_of(code: str) -> ErrandKind | None:
    """Return a kind by its code."""
    return _kinds.get(code)


def kinds() -> list[ErrandKind]:
    """Return the kinds in the order they were offered."""
    return list(_kinds.values())


def label(code: str) -> str:
    """Return the reader's word for a kind."""
    kind = _kinds.get(code)
    return str(kind.name) if kind else code


def asking(required: tuple[str, ...] = ("words",), **fields: Form) -> Form:
    """Return the form of these fields, titles in the reader's language."""
    titles = {name: str(field["title"]) for name, field in fields.items()}
    shown = {name: {**field, "title": gettext(titles[name])} for name, field in fields.items()}
    form = {"type": "object", "properties": shown, "required": list(required)}
    return {**form, "additionalProperties": False}


def words_of(title: str, **more: Any) -> Form:
    """Return a field for a few sentences; `title` is a msgid."""
    words = {"type": "string", "title": title, "minLength": 2, "maxLength": 2000}
    return {**words, "x-ui": "textarea", **more}


def choice_of(title: str, choices: list[tuple[Any, str]], kind: str = "string") -> Form:
    """Return a field to choose one of these by; `title` is a msgid."""
    field: Form = {"type": kind, "title": title, "x-ui": "select"}
    field["oneOf"] = [{"const": const, "title": words} for const, words in choices]
    return field if choices else {**field, "enum": []}


def body_name(body: organisation.Body) -> str:
    """Return a body's name in the reader's language."""
    chinese = (get_language() or "zh").startswith("zh")
    return str(body.name_zh if chinese else body.name_en or body.name_zh)
