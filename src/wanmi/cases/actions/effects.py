"""What each action of a step means to the case: checked fields in, changes out.

An effect reads, refuses and says what is to change; it writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.catalogue import queries as catalogue
from wanmi.journal.events import Event
from wanmi.kernel.errors import Invalid
from wanmi.kernel.limits import Limit, LimitType
from wanmi.organisation import queries as organisation

from .. import deciding, events, links
from ..control import actions as control
from ..control import queries as controls
from ..errands.coworking import NotACoHandler, require_answers
from ..models import Case
from .reporting import category_values, find_spot, place_values


class NotPlacedYet(Invalid):
    """Put the case on the map first: its point lies in no unit grid."""

    code = "not_placed_yet"


class NoClassYet(Invalid):
    """Choose the class of the problem first."""

    code = "no_class_yet"


class NoSuchOriginal(Invalid):
    """Give the number of another case that holds the same problem."""

    code = "no_such_original"


class ConditionMissing(Invalid):
    """Choose the filing condition that applies."""

    code = "condition_missing"


class WrongDepartment(Invalid):
    """There is no such handling department for this area."""

    code = "wrong_department"


class WrongHandler(Invalid):
    """This person does not handle cases for the department."""

    code = "wrong_handler"


@dataclass(frozen=True)
class Effect:
    """Changes of the case's columns, of the procedure's data, and the news of it."""

    columns: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    news: tuple[Event, ...] = ()
    original: int | None = None
    """The case this one is a duplicate of."""
    helpers: tuple[str, ...] = ()
    """Codes of departments asked to help the one the case goes to."""
    ends_delegation: bool = False
    """Whether the unit that acted for the department has reported its result."""
    brings_back: bool = False
    """Whether the result goes back to the levels that passed the case on."""


@dataclass(frozen=True)
class Doing:
    """An action being done on a case."""

    case: Case
    fields: dict[str, Any]
    by: User
    at: datetime

    def given_words(self) -> str:
        """Return what was written beside the choice."""
        return str(self.fields.get("opinion", ""))


def submit(doing: Doing) -> Effect:
    """Accept a report: it must have a class and lie in a grid."""
    columns = {**_reclassified(doing), **_replaced(doing)}
    case = doing.case
    if not columns.get("category", case.category_id):
        raise NoClassYet
    if not columns.get("is_located", case.is_located):
        raise NotPlacedYet
    if "grid_code" not in columns:
        return Effect(columns)
    placed = events.CasePlaced(case.pk, case.number, columns["grid_code"], case.cell)
    return Effect(columns, news=(placed,))


def duplicate(doing: Doing) -> Effect:
    """End a report that another open case already holds; both stay, linked."""
    case = doing.case
    original = Case.objects.filter(number=doing.fields["original"]).first()
    if original is None or original.pk == case.pk:
        raise NoSuchOriginal
    first = links.original_of(original.pk) or original.pk
    if first == case.pk:
        raise NoSuchOriginal
    linked = events.CaseLinked(case.pk, case.number, first)
    return Effect(news=(linked,), original=first)


def file(doing: Doing) -> Effect:
    """File the case under a condition row; the row's limit becomes the handling limit."""
    columns = _reclassified(doing)
    case = doing.case
    category_id = columns["category"].pk if columns else case.category_id
    rule, standard_id = _rule(doing, category_id)
    category = catalogue.by_id(category_id) if category_id is not None else None
    if category is not None:
        rule = control.tightened(rule, case, category)
    limit = {"value": rule["limit_value"], "type": rule["limit_type"]}
    columns |= {
        "rule": rule,
        "standard_id": standard_id,
        "filed_at": doing.at,
        "is_urgent": bool(doing.fields.get("is_urgent", case.is_urgent)),
    }
    code = columns.get("category_code", case.category_code)
    filed = events.CaseFiled(case.pk, case.number, code, limit)
    return Effect(columns, {"handling_limit": limit}, (filed,))


def dispatch(doing: Doing) -> Effect:
    """Give the case to a department that answers for its area."""
    case = doing.case
    body = organisation.body_by_code(doing.fields["department"])
    covers = body is not None and case.area_path.startswith(body.area_path)
    if body is None or not covers or body.kind not in organisation.HANDLING_KINDS:
        raise WrongDepartment
    dispatched = events.CaseDispatched(case.pk, case.number, body.pk)
    columns = {"department_id": body.pk, "delegate_id": None, "dispatched_at": doing.at}
    helpers = tuple(doing.fields.get("helpers", ()))
    if body.code in helpers:
        raise NotACoHandler
    return Effect(columns, {"department": body.pk}, (dispatched,), helpers=helpers)


def assign(doing: Doing) -> Effect:
    """Name the person of the department who handles the case."""
    case, handler = doing.case, int(doing.fields["handler"])
    if handler not in organisation.holders("handler", case.acting_id, case.area_path):
        raise WrongHandler
    return Effect({"handler_id": handler}, {"handler": handler})


def given_back(doing: Doing) -> Effect:
    """The handler gives the case back before handling; the department assigns anew."""
    return Effect({"handler_id": None}, {"handler": None})


def handled(doing: Doing) -> Effect:
    """The handler reports the result; a lead waits for its co-handlers."""
    require_answers(doing.case)
    return Effect({"handled_at": doing.at}, ends_delegation=True)


def checked(doing: Doing) -> Effect:
    """A supervisor has looked at the spot, at the time of day the class demands."""
    control.require_window(doing.case, doing.at)
    return Effect({"checked_at": doing.at})


def rework(doing: Doing) -> Effect:
    """The same department handles the case again; all earlier material stays."""
    case = doing.case
    times = case.rework_count + 1
    again = events.CaseReworked(case.pk, case.number, times)
    return Effect({"rework_count": times, "handled_at": None}, news=(again,))


def confirmed(doing: Doing) -> Effect:
    """The result is confirmed; levels that passed the case on are told."""
    limit = controls.check_limit(doing.case, doing.at)
    return Effect(data={"check_limit": limit}, brings_back=True)


def nothing(doing: Doing) -> Effect:
    """The case moves on; nothing else changes."""
    return Effect()


def audited(doing: Doing) -> Effect:
    """A problem handled on the spot is archived: filed, handled and checked at once."""
    at = doing.case.reported_at
    return Effect({"filed_at": doing.at, "handled_at": at, "checked_at": doing.at})


EFFECTS: dict[tuple[str, str], Callable[[Doing], Effect]] = {
    ("accept", "submit"): submit,
    ("accept", "duplicate"): duplicate,
    ("audit", "accept"): audited,
    ("file", "file"): file,
    ("dispatch", "dispatch"): dispatch,
    ("assign", "assign"): assign,
    ("handle", "done"): handled,
    ("handle", "give_back"): given_back,
    ("feedback", "confirm"): confirmed,
    ("feedback", "send_back"): rework,
    ("check", "pass"): checked,
    ("check", "not_pass"): checked,
    ("close", "rework"): rework,
}


def effect_of(step: str, action: str) -> Callable[[Doing], Effect]:
    """Return what an action of a step means; steps a city has added mean nothing more."""
    return EFFECTS.get((step, action), nothing)


def _reclassified(doing: Doing) -> dict[str, Any]:
    given = doing.fields.get("category", "")
    if not given:
        return {}
    kind, _, code = given.rpartition("/")
    return category_values(kind or doing.case.kind, code, doing.at)


def _replaced(doing: Doing) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if doing.fields.get("address"):
        columns["address"] = doing.fields["address"]
    if doing.fields.get("lon") is not None and doing.fields.get("lat") is not None:
        columns |= place_values(find_spot(doing.fields["lon"], doing.fields["lat"]))
    return columns


def _rule(doing: Doing, category_id: int | None) -> tuple[dict[str, Any], int | None]:
    """Return the snapshot of what applies: a condition row, a limit by hand, or the default."""
    fields = doing.fields
    category = catalogue.by_id(category_id) if category_id is not None else None
    if category is None:
        raise NoClassYet
    if fields.get("standard"):
        row = catalogue.standard(int(fields["standard"]))
        if row is None or row.category_id != category_id:
            raise ConditionMissing
        return _snapshot(row), row.pk
    if fields.get("limit_value"):
        kind = LimitType(fields.get("limit_type", LimitType.WORK_DAY))
        limit = Limit(fields["limit_value"], kind)
        return {"limit_value": str(limit.value), "limit_type": kind.value, "by": "hand"}, None
    if catalogue.standards_of(category, on=doing.at.date()):
        raise ConditionMissing
    urgent = bool(fields.get("is_urgent", doing.case.is_urgent))
    facts = deciding.facts_of(category, doing.case.area_path, urgent, doing.case.reported_at)
    by_table = deciding.limit_by_table(facts)
    if by_table is not None:
        kept = {"limit_value": str(by_table.value), "limit_type": by_table.kind.value}
        return {**kept, "by": "table"}, None
    default = catalogue.default_limit(category.kind)
    if default is None:
        raise ConditionMissing
    value = str(default.limit_value)
    return {"limit_value": value, "limit_type": default.limit_type, "by": "default"}, None


def _snapshot(row: catalogue.CaseStandard) -> dict[str, Any]:
    """Return what the case keeps of a condition row, so that later editions do not change it."""
    return {
        "condition_no": row.condition_no,
        "condition_key": row.condition_key,
        "condition_zh": row.condition_zh,
        "condition_en": row.condition_en,
        "limit_value": str(row.limit_value),
        "limit_type": row.limit_type,
        "closing_key": row.closing_key,
        "closing_zh": row.closing_zh,
        "closing_en": row.closing_en,
        "certainty": row.certainty,
        "by": "standard",
    }
