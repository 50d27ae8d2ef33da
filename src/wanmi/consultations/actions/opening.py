"""Opening a consultation and asking departments."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.cases import queries as cases
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt
from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line, clean_text
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import events as workflow_events

from .. import events
from ..models import Consultation, Opinion
from .shipping import CONSULTATION, OPINION

FEWEST_DAYS, MOST_DAYS = 1, 30


class UnknownCase(Invalid):
    """There is no case %(number)s in your area."""

    code = "unknown_case"


class NobodyToAsk(Invalid):
    """Choose at least one department that answers for this area."""

    code = "nobody_to_ask"


@journal.deed()
def open_consultation(
    topic: str,
    question: str,
    departments: Sequence[str],
    *,
    case: str = "",
    area_path: str = "",
    days: int = 2,
    by: User,
    at: datetime | None = None,
) -> Consultation:
    """Ask departments (codes) for their opinion within `days` working days.

    About a case (its number), or about an area (its path). Raises NotAllowed,
    UnknownCase, NobodyToAsk, UnusableText.
    """
    at = at or datetime.now(UTC)
    scope = organisation.scope_of(by)
    about = cases.by_number(scope, case) if case else None
    if case and about is None:
        raise UnknownCase(number=case)
    area_path = about.area_path if about else area_path
    organisation.require(scope, organisation.duties.OPEN_CONSULTATIONS, area_path)
    topic, question = clean_line(topic, max_length=120), clean_text(question, max_length=5000)
    if len(topic) < 2 or len(question) < 2:
        raise Invalid("Say what it is about and what is asked.")
    bodies = bodies_to_ask(area_path, departments)
    row = Consultation.objects.create(
        topic=topic,
        question=question,
        case=about,
        area_path=area_path,
        lead_id=organisation.answering_body("dispatcher", area_path),
        opened_by=by,
        opened_at=at,
        salt=new_salt(),
    )
    row.number = f"HS{at:%Y%m%d}{row.pk:04}"
    row.save(update_fields=["number"])
    limit = {"value": str(min(max(days, FEWEST_DAYS), MOST_DAYS)), "type": "work_day"}
    opened = events.ConsultationOpened(
        row.pk, row.number, row.case_id, [body.pk for body in bodies]
    )
    journal.publish(opened, by=by, area_path=area_path, at=at)
    opening = workflow.prepare(CONSULTATION, {"opinion_limit": limit, "lead": row.lead_id}, at)
    subject = f"consultation:{row.pk}"
    moved = workflow.begin(opening, subject=subject, area_path=area_path, by=by, at=at)
    begun = workflow_events.Begun(subject, moved.opened())
    journal.publish(begun, by=by, area_path=area_path, at=at)
    ask(row, bodies, question, limit, by=by, at=at)
    return row


def bodies_to_ask(area_path: str, codes: Iterable[str]) -> list[organisation.Body]:
    """Return the departments of these codes that answer for an area. Raises NobodyToAsk."""
    offered = {body.code: body for body in departments_for(area_path)}
    wanted = list(dict.fromkeys(codes))
    if not wanted or any(code not in offered for code in wanted):
        raise NobodyToAsk
    return [offered[code] for code in wanted]


def departments_for(area_path: str) -> list[organisation.Body]:
    """Return the departments that can be asked about an area: those with somebody to answer."""
    answering = organisation.bodies_with_role("department")
    return [body for body in organisation.bodies(covering=area_path) if body.pk in answering]


def ask(
    row: Consultation,
    bodies: Iterable[organisation.Body],
    question: str,
    limit: dict[str, str],
    *,
    by: User,
    at: datetime,
) -> None:
    """Begin an opinion for each department, inside the caller's deed."""
    for body in bodies:
        opinion = Opinion.objects.create(
            consultation=row, round=row.round, body=body, question=question
        )
        data = {"opinion_limit": limit, "department": body.pk}
        subject = f"opinion:{opinion.pk}"
        moved = workflow.begin(
            workflow.prepare(OPINION, data, at),
            subject=subject,
            area_path=row.area_path,
            by=by,
            at=at,
        )
        begun = workflow_events.Begun(subject, moved.opened())
        journal.publish(begun, by=by, area_path=row.area_path, at=at)
