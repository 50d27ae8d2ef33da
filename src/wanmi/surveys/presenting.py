"""The faces of surveys and their shares towards the desk, the drawer of a task and the API."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks
from wanmi.workflow.queries import Fact

from . import actions, answers, queries, words
from .models import Survey, SurveyShare, SurveyState


class SurveySubject(workflow.Subject):
    """A survey as its own tasks are about it."""

    name_zh = "专项普查"
    name_en = "survey"
    model = Survey
    related = ("ordered_by",)
    deed = staticmethod(actions.perform_survey_task)

    def lines(self, rows: Iterable[Survey]) -> dict[int, tasks.Line]:
        """Return how surveys look in a list."""
        found = list(rows)
        places = geography.spoken_of_many(row.area_path for row in found)
        return {
            row.pk: tasks.Line(
                key=f"survey:{row.pk}",
                number=row.number or "",
                title=row.title,
                words=f"{words.class_of(row)} · {words.period_of(row)}",
                place=places[row.area_path],
                link=reverse("surveys:survey", args=[row.number]),
                at=row.ordered_at,
                state=str(SurveyState(row.state).label),
                sort=gettext("Special survey"),
            )
            for row in found
        }

    def may_see(self, scope: organisation.Scope, row: Survey) -> bool:
        """Say whether a person may see a survey."""
        return queries.may_see(scope, row)

    def facts(self, row: Survey) -> list[Fact]:
        """Return class, area, period and who ordered it."""
        place = geography.spoken_of_many([row.area_path])[row.area_path]
        moment = date_format(localtime(row.ordered_at), "Y-m-d H:i")
        ordered = f"{tasks.person(row.ordered_by)} · {moment}"
        return [
            Fact(gettext("Reference"), row.number or ""),
            Fact(gettext("Class"), words.class_of(row)),
            Fact(gettext("Area"), place),
            Fact(gettext("Period"), words.period_of(row)),
            Fact(gettext("Ordered by"), ordered),
            Fact(gettext("Instructions"), row.words),
        ]

    def detail(self, row: Survey, task: tasks.Task, scope: organisation.Scope) -> tasks.Detail:
        """Return the facts and figures of a survey, and what has happened."""
        figures = queries.figures_of(row)
        facts = (
            [*self.facts(row), *words.figures(figures)] if figures["shares"] else self.facts(row)
        )
        if row.conclusion:
            facts.append(Fact(gettext("Findings"), row.conclusion))
        moments = tasks.moments(tasks.flow_of(task.subject))
        return tasks.Detail({"facts": facts, "moments": moments})

    def choices(self, name: str, task: tasks.Task, row: Survey) -> tasks.Choices | None:
        """Return what the area can be split into."""
        if name != "splits":
            return None
        counts = {kind: len(actions.splits(row.area_path, kind)) for kind in actions.SPLITS}
        offered = [
            (kind, f"{words.SPLITS[kind]} ({count})") for kind, count in counts.items() if count
        ]
        return offered, offered[0][0] if offered else None

    def answer(self, row: Survey, scope: organisation.Scope) -> dict[str, Any]:
        """Return the survey whole, as the API answers it."""
        return answers.whole(row, scope)


class ShareSubject(workflow.Subject):
    """A share of a survey as its collectors' tasks are about it."""

    name_zh = "普查分片"
    name_en = "share of survey"
    model = SurveyShare
    related = ("survey", "survey__ordered_by", "collector")
    deed = staticmethod(actions.perform_share_task)

    def key_of(self, number: str) -> int | None:
        """Return none: shares have no number of their own."""
        return None

    def lines(self, rows: Iterable[SurveyShare]) -> dict[int, tasks.Line]:
        """Return how shares look in a list."""
        found = list(rows)
        places = geography.spoken_of_many(row.area_path for row in found)
        return {
            row.pk: tasks.Line(
                key=f"survey_share:{row.pk}",
                number=f"{row.survey.number}-{row.area_code}",
                title=row.survey.title,
                words=f"{words.class_of(row.survey)} · {words.period_of(row.survey)}",
                place=places[row.area_path],
                link=reverse("surveys:share", args=[row.survey.number, row.pk]),
                at=row.survey.ordered_at,
                state=words.share_state(row),
                sort=gettext("Special survey"),
            )
            for row in found
        }

    def may_see(self, scope: organisation.Scope, row: SurveyShare) -> bool:
        """Say whether a person may see a share."""
        return scope.may(organisation.duties.SEE_CASES, row.area_path)

    def facts(self, row: SurveyShare) -> list[Fact]:
        """Return what is to be counted where, and what was."""
        facts = [
            Fact(gettext("Reference"), row.survey.number or ""),
            Fact(gettext("Class"), words.class_of(row.survey)),
            Fact(gettext("Area"), geography.spoken_of_many([row.area_path])[row.area_path]),
            Fact(gettext("Period"), words.period_of(row.survey)),
            Fact(gettext("Instructions"), row.survey.words),
        ]
        return facts + words.counts_of(row) if row.counted is not None else facts

    def detail(self, row: SurveyShare, task: tasks.Task, scope: organisation.Scope) -> tasks.Detail:
        """Return the facts of a share, the cases it has found, and the way to report another."""
        context = {
            "facts": self.facts(row),
            "moments": tasks.moments(tasks.flow_of(task.subject)),
            "share": row,
            "may_find": row.state == "collecting" and tasks.may_take(scope, task),
            "found": queries.found_for(row),
        }
        return tasks.Detail(context, below="surveys/parts/below.html")

    def answer(self, row: SurveyShare, scope: organisation.Scope) -> dict[str, Any]:
        """Return the share as the API answers it."""
        return answers.share(row)
