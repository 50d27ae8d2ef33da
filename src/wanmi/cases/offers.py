"""What a reader may ask for or say about a case beside its tasks: requests and urging."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from wanmi.organisation import queries as organisation
from wanmi.shell.schemaforms import SchemaForm
from wanmi.workflow import queries as workflow
from wanmi.workflow.queries import Offer

from . import queries, showing, words
from .models import Case

REASON = {
    "type": "string",
    "title": gettext_noop("Reason"),
    "minLength": 2,
    "maxLength": 2000,
    "x-ui": "textarea",
}
UNTIL = {"type": "string", "format": "date", "title": gettext_noop("Until")}
GROUND = {
    "type": "string",
    "title": gettext_noop("Ground of the return"),
    "x-ui": "radio",
}
PAPER = {
    "type": "array",
    "title": gettext_noop("Signed form (photograph or PDF)"),
    "items": {"type": "integer"},
    "maxItems": 6,
    "x-ui": "media",
}
WORDS = {**REASON, "title": gettext_noop("Words")}


@dataclass(frozen=True)
class Request:
    """A request over a case, as the page shows it."""

    key: int
    label: str
    state: str
    reason: str
    person: str
    asked_at: Any
    is_pending: bool
    can_withdraw: bool
    is_shirking: bool = False


def offers(case: Case, scope: organisation.Scope) -> list[Offer]:
    """Return what the reader may do now; nothing where no procedure runs."""
    instance = workflow.instance_of(f"case:{case.pk}")
    if instance is None:
        return []
    asked = [_ask(case, rule) for rule in workflow.askable(instance, scope)]
    return [*asked, *_shirking(case, scope), *_urge(case, scope)]


def requests(case: Case, scope: organisation.Scope) -> list[Request]:
    """Return the requests made for a case, latest first."""
    rows = workflow.adjustments_of(f"case:{case.pk}")
    groundless = {row.request_id for row in queries.shirkings_of(case)} if rows else set()
    return [_request(row, scope, row.pk in groundless) for row in reversed(rows)]


def urging_form(scope: organisation.Scope) -> SchemaForm:
    """Return the form to remind or supervise with, as far as the post may."""
    kinds = [
        kind
        for kind, duty in (
            ("remind", organisation.duties.URGE),
            ("supervise", organisation.duties.SUPERVISE),
        )
        if scope.may(duty)
    ]
    schema = {
        "type": "object",
        "required": ["kind", "words"],
        "properties": {
            "kind": {
                "type": "string",
                "enum": kinds,
                "title": gettext_noop("How"),
                "x-ui": "radio",
            },
            "ground": {
                "type": "string",
                "enum": list(words.GROUNDS),
                "title": gettext_noop("Ground"),
                "x-ui": "select",
            },
            "reply_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": workflow.MOST_REPLY_DAYS,
                "title": gettext_noop("Working days until the reply, where supervised"),
            },
            "words": WORDS,
        },
    }
    hints = {
        "kind": {"options": {key: str(words.URGES[key]) for key in kinds}},
        "ground": {"options": {key: str(word) for key, word in words.GROUNDS.items()}},
    }
    return SchemaForm(schema, hints, values={"kind": kinds[0], "reply_days": 1}, prefix="u")


def asking_form(kind: str) -> SchemaForm:
    """Return the form of a request; a suspension also says until when."""
    properties: dict[str, Any] = {"reason": REASON}
    required = ["reason"]
    hints: dict[str, Any] = {}
    if kind == "suspension":
        properties["until"] = UNTIL
        required.append("until")
    if kind == "return_case":
        properties = {
            "ground": {**GROUND, "enum": list(words.RETURN_GROUNDS)},
            **properties,
            "media": PAPER,
        }
        required.append("ground")
        hints["ground"] = {
            "options": {key: str(text) for key, text in words.RETURN_GROUNDS.items()}
        }
    schema = {"type": "object", "required": required, "properties": properties}
    return SchemaForm(schema, hints, prefix=kind)


def shirking_form(request: int) -> SchemaForm:
    """Return the form a groundless return is determined with."""
    schema = {"type": "object", "required": ["words"], "properties": {"words": REASON}}
    return SchemaForm(schema, prefix=f"shirk{request}")


def _ask(case: Case, rule: Any) -> Offer:
    name = showing.either(rule.name_zh, rule.name_en)
    label = gettext("Ask: %(what)s") % {"what": name} if rule.levels else name
    url = reverse("cases:ask", args=[case.number, rule.kind])
    return Offer(label, url, asking_form(rule.kind))


def _shirking(case: Case, scope: organisation.Scope) -> list[Offer]:
    if not scope.may(organisation.duties.COORDINATE, case.area_path):
        return []
    return [
        Offer(
            gettext("Determine shirking"),
            reverse("cases:shirking", args=[case.number, row.pk]),
            shirking_form(row.pk),
        )
        for row in queries.open_returns(case)
    ]


def _urge(case: Case, scope: organisation.Scope) -> list[Offer]:
    duties = organisation.duties
    may = scope.may(duties.URGE, case.area_path) or scope.may(duties.SUPERVISE, case.area_path)
    if not may or case.ended_at is not None:
        return []
    url = reverse("cases:urge", args=[case.number])
    return [Offer(gettext("Remind or supervise"), url, urging_form(scope))]


def _request(row: Any, scope: organisation.Scope, is_shirking: bool) -> Request:
    pending = row.state == "pending"
    person = showing.either(row.asked_by.name_zh, row.asked_by.name_en)
    return Request(
        key=row.pk,
        label=words.word(words.REQUESTS, row.kind),
        state=words.word(words.REQUEST_STATES, row.state),
        reason=row.reason,
        person=person,
        asked_at=row.asked_at,
        is_pending=pending,
        can_withdraw=pending and row.asked_by_id == scope.user_id,
        is_shirking=is_shirking,
    )
