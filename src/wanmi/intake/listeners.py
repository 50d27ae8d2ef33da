"""What the room does when it hears news: whoever reported is told how it goes."""

from wanmi.cases import events as cases
from wanmi.cases import queries as known_cases
from wanmi.journal.events import Entry, listen
from wanmi.kernel.personal import mask
from wanmi.workflow import queries as workflow

from . import queries, wording
from .actions import tell


@listen(cases.CaseFiled, name="intake.tell_filed")
def tell_filed(entry: Entry) -> None:
    """Say that a report was accepted."""
    for contact in queries.contacts_of([_case_of(entry)]):
        tell(contact, "filed", at=entry.at)


@listen(cases.CaseEnded, name="intake.tell_ended")
def tell_ended(entry: Entry) -> None:
    """Give the answer owed: what came of it, or why nothing will.

    A duplicate ends with its original: until then its people are told that it is known.
    """
    key = _case_of(entry)
    original = known_cases.original_of(key)
    if original is not None and not known_cases.has_ended(original):
        for contact in queries.contacts_of([key]):
            tell(contact, "duplicate", at=entry.at)
        return
    state = known_cases.state_of(original) if original is not None else entry.data["state"]
    reason = _reason(original or key)
    for contact in queries.contacts_of([key, *known_cases.duplicate_keys(key)]):
        if state in wording.OCCASIONS:
            tell(contact, state, reason=reason, is_final=True, at=entry.at)


def _case_of(entry: Entry) -> int:
    return int(entry.subject.partition(":")[2])


def _reason(case: int) -> str:
    """Return the opinion with which a case ended, personal data masked."""
    flow = workflow.flow_of(f"case:{case}")
    said = [line.opinion for line in flow if line.opinion]
    return mask(said[-1])[:300] if said else ""
