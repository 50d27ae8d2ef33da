"""Who may see what was handed in with a matter."""

from wanmi.organisation import queries as organisation

from . import queries


def may_see_subject(scope: organisation.Scope, subject: str) -> bool:
    """Say whether a person may see what is attached to a contact ("contact:12")."""
    return queries.visible(scope).filter(pk=int(subject.partition(":")[2])).exists()
