"""The shipped procedures of consultations: their drawings with their forms."""

from datetime import datetime
from typing import Final

from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow

CONSULTATION: Final = "consultation"
OPINION: Final = "opinion"
SHIPPED: Final = (CONSULTATION, OPINION)


def publish_shipped_procedures(*, by: journal.Actor = None, at: datetime | None = None) -> None:
    """Publish every shipped drawing; one that is already the newest changes nothing."""
    for code in SHIPPED:
        workflow.publish_shipped("wanmi.consultations", code, by=by, at=at)
