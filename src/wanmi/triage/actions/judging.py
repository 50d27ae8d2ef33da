"""Keeping what people made of a suggestion: the next training learns from it."""

from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.personal import mask

from .. import events
from ..models import Judgement
from ..suggesting import Advice, Report, advice


@journal.deed()
def note(
    report: Report,
    chosen: dict[str, str],
    *,
    model: int,
    by: User,
    at: datetime | None = None,
) -> list[Judgement]:
    """Keep what was chosen by target ("category": "event/06010") beside what was suggested.

    `model` is the version whose suggestions the person saw; where another one
    is in force by now, nothing is kept, since nobody knows what it would have
    said. Words are masked before they are kept.
    """
    at = at or datetime.now(UTC)
    shown = advice(report, targets=tuple(chosen))
    if shown.model != model:
        return []
    return [
        _judge(report, target, label, shown, by, at)
        for target, label in chosen.items()
        if label and shown.of(target)
    ]


def _judge(
    report: Report,
    target: str,
    label: str,
    shown: Advice,
    by: User,
    at: datetime,
) -> Judgement:
    said = [(each.label, round(each.probability, 4)) for each in shown.of(target)]
    labels = [name for name, _ in said]
    row = Judgement.objects.create(
        model_id=shown.model,
        target=target,
        words=mask(report.words),
        area_path=report.area_path,
        said_at=report.at or at,
        suggested=said,
        chosen=label,
        rank=labels.index(label) + 1 if label in labels else 0,
        judged_by=by,
        judged_at=at,
    )
    event = events.SuggestionJudged(row.pk, row.model_id, target, row.rank)
    journal.publish(event, by=by, area_path=row.area_path, at=at)
    return row
