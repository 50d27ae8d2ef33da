"""Asking for cases: who sees which, one case whole, what an action may be filled with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from wanmi.catalogue import queries as catalogue
from wanmi.evidence import queries as evidence
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as workflow
from wanmi.workflow.queries import Choices

from . import deciding, evidencing, links, nearby, rules
from .errands.asking import errands_of, givable, link_of, link_path, may_end
from .errands.kinds import label as errand_label
from .facets import newest
from .filtering import filtered, listed
from .forms import hints_for
from .lessons import Lesson, classes_used, lessons, lessons_since
from .models import Case, CaseFacts, Phase, Reporter, Shirking, Source, State
from .paging import page

__all__ = [
    "Case",
    "CaseFacts",
    "Lesson",
    "Phase",
    "Source",
    "State",
    "by_number",
    "by_tracking_code",
    "classes_used",
    "duplicate_keys",
    "errand_label",
    "errands_of",
    "filled",
    "filled_form",
    "filtered",
    "givable",
    "has_ended",
    "hints_for",
    "lessons",
    "lessons_since",
    "link_of",
    "link_path",
    "listed",
    "may_end",
    "may_see",
    "may_see_any",
    "may_see_subject",
    "near",
    "newest",
    "open_returns",
    "original_of",
    "page",
    "reporter_of",
    "shirkings_of",
    "state_of",
    "visible",
    "whole",
]

MOST_ASKED = 1000
"""Keys in one question; databases take no endless list."""


def visible(scope: organisation.Scope) -> QuerySet[Case]:
    """Return the cases a person may see: of their area, and those they reported."""
    mine = Q(reported_by_id=scope.user_id) if scope.user_id is not None else Q(pk__in=[])
    return Case.objects.filter(scope.within(organisation.duties.SEE_CASES) | mine)


def may_see(scope: organisation.Scope, case: Case) -> bool:
    """Say whether a person may see a case."""
    reported = scope.user_id is not None and case.reported_by_id == scope.user_id
    return reported or scope.may(organisation.duties.SEE_CASES, case.area_path)


def may_see_subject(scope: organisation.Scope, subject: str) -> bool:
    """Say whether a person may see what is attached to a subject ("case:12")."""
    case = Case.objects.filter(pk=int(subject.partition(":")[2])).first()
    return case is not None and may_see(scope, case)


def may_see_any(scope: organisation.Scope, subjects: Sequence[str]) -> bool:
    """Say whether a person may see any of many subjects: one query for each thousand."""
    keys = [int(subject.partition(":")[2]) for subject in subjects]
    seen = visible(scope.whole)
    return any(
        seen.filter(pk__in=keys[start : start + MOST_ASKED]).exists()
        for start in range(0, len(keys), MOST_ASKED)
    )


def by_number(scope: organisation.Scope, number: str) -> Case | None:
    """Return a case a person may see, by its number."""
    if "\0" in number:
        # PostgreSQL cannot be asked for it, and no number holds it.
        return None
    return (
        visible(scope.whole)
        .select_related("category", "part", "department", "delegate", "handler", "reported_by")
        .filter(number=number)
        .first()
    )


def running_of_class(key: int) -> int:
    """Return how many cases of a class are under way."""
    return Case.objects.filter(category_id=key, ended_at__isnull=True).count()


def area_of_number(scope: organisation.Scope, number: str) -> str | None:
    """Return the area path of a case the reader may see, by its number."""
    case = by_number(scope, number)
    return case.area_path if case is not None else None


def open_returns(case: Case) -> list[workflow.Adjustment]:
    """Return the refused returns of a case that nobody has called shirking yet."""
    known = set(Shirking.objects.filter(case=case).values_list("request_id", flat=True))
    return [
        row
        for row in workflow.adjustments_of(f"case:{case.pk}")
        if row.kind == "return_case" and row.state == "refused" and row.pk not in known
    ]


def shirkings_of(case: Case) -> list[Shirking]:
    """Return the returns of a case that were called shirking, oldest first."""
    rows = Shirking.objects.filter(case=case).select_related("body", "determined_by")
    return list(rows.order_by("id"))


def by_tracking_code(code: str) -> Case | None:
    """Return the case a tracking code follows; whoever has the code may see its state."""
    return Case.objects.filter(tracking_code=code).first()


def reporter_of(case: Case) -> Reporter | None:
    """Return who reported a case; personal data, so the reading is recorded by the caller."""
    return Reporter.objects.filter(case=case).first()


def near(
    lon: float | None, lat: float | None, at: datetime, *, words: str = ""
) -> list[links.Alike]:
    """Return open cases that may hold the same problem as a point and words, likest first."""
    if lon is None or lat is None:
        return []
    return nearby.near(lon, lat, at, words=words)


def original_of(key: int) -> int | None:
    """Return the case a case is a duplicate of, by its key."""
    return links.original_of(key)


def duplicate_keys(key: int) -> list[int]:
    """Return the cases linked to a case as its duplicates."""
    return [row.pk for row in links.duplicates_of(key)]


def state_of(key: int) -> str | None:
    """Return the state of a case by its key."""
    return Case.objects.filter(pk=key).values_list("state", flat=True).first()


def has_ended(key: int) -> bool:
    """Say whether a case has come to an end."""
    return state_of(key) in rules.ENDED


@dataclass(frozen=True)
class WholeCase:
    """A case with everything its page shows."""

    case: Case
    tasks: list[workflow.Task]
    clocks: list[workflow.Clock]
    flow: list[workflow.FlowStep]
    media: list[Any]
    facts: CaseFacts | None


def whole(case: Case) -> WholeCase:
    """Return a case with its open tasks, clocks, flow log, media and facts."""
    subject = f"case:{case.pk}"
    return WholeCase(
        case,
        workflow.open_tasks(subject),
        workflow.clocks_of(subject),
        workflow.flow_of(subject),
        list(evidence.of_subject(subject)),
        CaseFacts.objects.filter(case=case).first(),
    )


def filled_form(task: workflow.Task, action: str, case: Case) -> dict[str, Any]:
    """Return the form of an action in the reader's language, choices and suggestions filled in."""
    return filled(workflow.action_form(task, action), case)


def filled(form: dict[str, Any], case: Case) -> dict[str, Any]:
    """Return a form about a case; a condition is asked for only where there are some."""
    chinese = workflow.in_chinese()

    def choose(name: str) -> Choices | None:
        return _CHOICES[name](case, chinese) if name in _CHOICES else None

    shown = workflow.filled_fields(evidencing.demanding(form, case), choose)
    properties = dict(shown["properties"])
    if "helpers" in properties and not properties["helpers"]["items"].get("oneOf"):
        properties.pop("helpers")
    if "standard" in properties and not properties["standard"].get("oneOf"):
        properties.pop("standard")
    return {**shown, "properties": properties}


def _departments(case: Case, chinese: bool) -> Choices:
    rows = [
        body
        for body in organisation.bodies(covering=case.area_path)
        if body.kind in organisation.HANDLING_KINDS
    ]
    choices = [(row.code, row.name_zh if chinese else row.name_en or row.name_zh) for row in rows]
    facts = deciding.facts_of(case.category, case.area_path, case.is_urgent, case.reported_at)
    named = deciding.department_by_table(facts)
    responsible = named or (case.category.department_zh if case.category else "")
    names = [(row.code, row.name_zh) for row in rows]
    current = next((row.code for row in rows if row.pk == case.department_id), None)
    by_code = responsible if responsible in {row.code for row in rows} else None
    return choices, current or by_code or rules.best_department(responsible, names)


def _helpers(case: Case, chinese: bool) -> Choices:
    """Return the departments that could help; the lead is refused when it is named here too."""
    choices, _ = _departments(case, chinese)
    return choices, None


def _handlers(case: Case, chinese: bool) -> Choices:
    ids = organisation.holders("handler", case.acting_id, case.area_path)
    people = organisation.people(set(ids))
    choices = [
        (key, people[key].name_zh if chinese else people[key].name_en or people[key].name_zh)
        for key in ids
    ]
    return choices, case.handler_id if case.handler_id in ids else None


def _standards(case: Case, chinese: bool) -> Choices:
    if case.category is None:
        return [], None
    rows = catalogue.standards_of(case.category)
    choices = [(row.pk, _condition_words(row, chinese)) for row in rows]
    return choices, rows[0].pk if len(rows) == 1 else None


def _condition_words(row: catalogue.CaseStandard, chinese: bool) -> str:
    condition = row.condition_zh if chinese else row.condition_en
    return f"{condition} · {catalogue.limit_words(row.limit_value, row.limit_type)}"


def _alike(case: Case, chinese: bool) -> Choices:
    found = links.alike(
        category_id=case.category_id,
        lon=case.lon,
        lat=case.lat,
        at=case.reported_at,
        words=case.description,
        but=case.pk,
    )
    choices = [
        (
            each.case.number,
            f"{each.case.number} · {each.distance_m:.0f} m · {each.case.description}"[:80],
        )
        for each in found
        if each.case.ended_at is None
    ]
    return choices, None


_CHOICES = {
    "alike": _alike,
    "departments": _departments,
    "handlers": _handlers,
    "helpers": _helpers,
    "standards": _standards,
}
