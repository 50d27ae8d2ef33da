"""A leader's instruction (批示) on a case: to a post, with or without a reply within a limit."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wanmi.kernel.errors import Invalid
from wanmi.kernel.limits import Limit, LimitType
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from ..models import Case
from .kinds import Address, ErrandKind, Form, asking, body_name, choice_of, words_of
from .models import Errand

CODE = "instruction"
NOTED = "instruction_note"


class NoSuchPost(Invalid):
    """This post does not answer for the place of the case."""

    code = "no_such_post"


class Instruction(ErrandKind):
    """A leader says what is to be done; the addressed post replies or takes note."""

    code = CODE
    name = _("Instruction")
    task_name = ("领导批示", "Leader's instruction")
    duty = organisation.duties.INSTRUCT
    ends_with_case = False
    outcomes = (tasks.Outcome("reply", "回复批示", "Reply", "reason", "primary"),)

    def form(self, case: Case) -> Form:
        """Ask for the words, the post, and whether and by when a reply is due."""
        days = {"type": "integer", "minimum": 1, "maximum": 60, "x-ui": "number"}
        return asking(
            ("words", "post"),
            words=words_of(gettext_noop("Instruction")),
            post=choice_of(gettext_noop("Addressed to"), posts_for(case), "integer"),
            reply_days=days | {"title": gettext_noop("Reply within working days (empty: none)")},
        )

    def address(self, case: Case, given: Form) -> Address:
        """Address the post, whose people find it on their desk."""
        post = organisation.post(int(given["post"]))
        if post is None or not case.area_path.startswith(post.area_path):
            raise NoSuchPost
        return Address(post.role.code, post.body_id, post.pk)

    def limit(self, case: Case, given: Form, at: datetime) -> Limit | None:
        """The working days the leader named."""
        days = given.get("reply_days")
        return Limit(days, LimitType.WORK_DAY) if days else None

    def details(self, case: Case, given: Form, at: datetime) -> dict[str, Any]:
        """Keep whether a reply is wanted."""
        return {"reply_days": given["reply_days"]} if given.get("reply_days") else {}

    def request(self, errand: Errand) -> str:
        """A wanted reply must be written; anything else is only noted."""
        return CODE if errand.details.get("reply_days") else NOTED


def offer_noting(settle: Any) -> None:
    """Say how an instruction without a reply is finished."""
    noted = tasks.Outcome("noted", "知悉", "Noted", "opinion", "primary")
    workflow.offer_request(NOTED, workflow.RequestKind((noted,), workflow.OPINION_FORMS, settle))


def posts_for(case: Case) -> list[tuple[int, str]]:
    """Return the posts that could be addressed, by their names: those who work on such cases."""
    return [
        (post.pk, f"{body_name(post.body)} · {post.name}")
        for post in organisation.posts_over(case.area_path, organisation.duties.WORK_TASKS)
    ]
