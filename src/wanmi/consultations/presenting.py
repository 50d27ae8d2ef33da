"""The faces of consultations and opinions towards the desk, the drawer of a task and the API."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.queries import Fact

from . import actions, answers, queries, words
from .models import Consultation, Opinion


def line_of(row: Consultation, *, key: str, place: str, state: str) -> tasks.Line:
    """Return how a consultation looks in a list."""
    case = row.case
    return tasks.Line(
        key=key,
        number=row.number or "",
        title=row.topic,
        words=row.question,
        place=place,
        link=reverse("consultations:consultation", args=[row.number]),
        at=row.opened_at,
        state=state,
        sort=gettext("Departments consulted"),
        lon=case.lon if case else None,
        lat=case.lat if case else None,
        about={"case": case.number} if case else {},
    )


class ConsultationSubject(workflow.Subject):
    """A consultation as its own tasks are about it."""

    name_zh = "会商"
    name_en = "consultation"
    model = Consultation
    related = ("case", "lead", "acting", "opened_by", "concluded_by")
    deed = staticmethod(actions.perform_consultation_task)

    def lines(self, rows: Iterable[Consultation]) -> dict[int, tasks.Line]:
        """Return how consultations look in a list."""
        found = list(rows)
        places = geography.spoken_of_many(row.area_path for row in found)
        return {
            row.pk: line_of(
                row,
                key=f"consultation:{row.pk}",
                place=places[row.area_path],
                state=words.state_of(row),
            )
            for row in found
        }

    def may_see(self, scope: organisation.Scope, row: Consultation) -> bool:
        """Say whether a person may see a consultation."""
        return queries.may_see(scope, row)

    def facts(self, row: Consultation) -> list[Fact]:
        """Return number, place, case and who leads."""
        return facts_of(row)

    def detail(
        self, row: Consultation, task: tasks.Task, scope: organisation.Scope
    ) -> tasks.Detail:
        """Return the facts, the opinions so far, and what has happened."""
        context = {
            "facts": self.facts(row),
            "opinions": opinion_rows(row),
            "moments": tasks.moments(tasks.flow_of(task.subject)),
        }
        return tasks.Detail(context, "consultations/parts/above.html")

    def choices(self, name: str, task: tasks.Task, row: Consultation) -> tasks.Choices | None:
        """Return the departments that were asked."""
        if name != "consulted":
            return None
        bodies = {opinion.body.code: opinion.body for opinion in queries.opinions(row)}
        return [(code, words.body_name(body)) for code, body in sorted(bodies.items())], None

    def answer(self, row: Consultation, scope: organisation.Scope) -> dict[str, Any]:
        """Return the consultation whole, as the API answers it."""
        return answers.whole(row)


class OpinionSubject(workflow.Subject):
    """A department's opinion as its task is about it."""

    name_zh = "会商意见"
    name_en = "opinion"
    model = Opinion
    related = ("body", "consultation", "consultation__case", "consultation__lead")
    deed = staticmethod(actions.perform_opinion_task)

    def key_of(self, number: str) -> int | None:
        """Return none: opinions have no number of their own."""
        return None

    def lines(self, rows: Iterable[Opinion]) -> dict[int, tasks.Line]:
        """Return how opinions look in a list: as their consultation."""
        found = list(rows)
        places = geography.spoken_of_many(row.consultation.area_path for row in found)
        return {
            row.pk: line_of(
                row.consultation,
                key=f"opinion:{row.pk}",
                place=places[row.consultation.area_path],
                state=words.opinion_state(row),
            )
            for row in found
        }

    def may_see(self, scope: organisation.Scope, row: Opinion) -> bool:
        """Say whether a person may see an opinion."""
        return queries.may_see(scope, row.consultation)

    def detail(self, row: Opinion, task: tasks.Task, scope: organisation.Scope) -> tasks.Detail:
        """Return what is asked, and what the others have said."""
        asked = [
            Fact(gettext("Asked of"), words.body_name(row.body)),
            Fact(gettext("Question put"), row.question),
        ]
        context = {
            "facts": [*asked, *facts_of(row.consultation)],
            "opinions": opinion_rows(row.consultation),
            "moments": [],
        }
        return tasks.Detail(context, "consultations/parts/above.html")

    def answer(self, row: Opinion, scope: organisation.Scope) -> dict[str, Any]:
        """Return the consultation whole, as the API answers it."""
        return answers.whole(row.consultation)


def facts_of(row: Consultation) -> list[Fact]:
    """Return what is known of a consultation."""
    place = geography.spoken_of_many([row.area_path])[row.area_path]
    return [
        Fact(gettext("Reference"), row.number or ""),
        Fact(gettext("Case"), row.case.number if row.case else ""),
        Fact(gettext("Area"), place),
        Fact(gettext("Led by"), words.body_name(row.lead)),
        Fact(gettext("Opened by"), tasks.person(row.opened_by)),
    ]


def opinion_rows(row: Consultation) -> list[dict[str, Any]]:
    """Return the opinions as the page lists them."""
    return [
        {
            "body": words.body_name(each.body),
            "state": words.opinion_state(each),
            "kind": {"agree": "good", "object": "bad", "suggest": "warn"}.get(each.position, ""),
            "words": each.words,
            "person": tasks.person(each.given_by),
            "at": each.given_at,
            "round": each.round,
        }
        for each in queries.opinions(row)
    ]
