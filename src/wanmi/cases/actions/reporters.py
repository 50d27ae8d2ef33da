"""Finding cases by who reported them: personal data, so every search is written down."""

from django.db.models import Q

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.organisation import queries as organisation

from .. import events
from ..models import Case, Reporter
from ..reporterwords import TAIL, PhoneTail, called, ends_with


@journal.deed()
def find_by_reporter(
    scope: organisation.Scope, question: str, *, by: User, most: int
) -> list[Case]:
    """Return the newest cases whose reporter has this full name or this end of a telephone number.

    Only in areas where the person may see reporters. Raises NotAllowed.
    """
    duty = organisation.duties.SEE_REPORTER
    organisation.require(scope, duty)
    fits, how = _asked(question)
    if fits is None:
        return []
    rows = Reporter.objects.alias(tail=PhoneTail()).select_related("case")
    rows = rows.filter(fits, scope.within(duty, "case__area_path"))
    found = [row.case for row in rows.order_by("-case_id")[:most]]
    journal.publish(events.ReportersSearched(by.pk, how, len(found)), by=by)
    for case in found:
        journal.publish(events.ReporterRead(case.pk, case.number), by=by, area_path=case.area_path)
    return found


def _asked(question: str) -> tuple[Q | None, str]:
    """Return the condition a reporter must meet and what it is about; none for anything else."""
    digits = "".join(char for char in question if char.isdigit())
    if len(digits) >= TAIL and not any(char.isalpha() for char in question):
        return ends_with(digits), "phone"
    name = question.strip()
    is_name = len(name) > 1 and not digits
    return (called(name), "name") if is_name else (None, "")
