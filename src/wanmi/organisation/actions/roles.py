"""Setting roles: which duties a kind of post carries."""

from collections.abc import Iterable

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line

from .. import events
from ..duties import WORDS
from ..models import Post, Role
from .people import require_a_keeper


class RoleInUse(Conflict):
    """Posts still carry this role; give them another one first."""

    code = "role_in_use"


class UnknownDuty(Invalid):
    """There is no duty “%(duty)s”."""

    code = "unknown_duty"


@journal.deed()
def set_role(
    code: str, *, name_zh: str, name_en: str, duties: Iterable[str], by: journal.Actor = None
) -> Role:
    """Enter a role or change what it lets its holders do.

    Raises UnknownDuty, or LastKeeper where nobody would look after people any more.
    """
    wanted = sorted(set(duties))
    strange = [each for each in wanted if each not in WORDS]
    if strange:
        raise UnknownDuty(duty=strange[0][:40])
    names = {
        "name_zh": clean_line(name_zh, max_length=40),
        "name_en": clean_line(name_en, max_length=60),
    }
    is_known = Role.objects.filter(code=code).exists()
    row, _ = Role.objects.update_or_create(code=code, defaults={**names, "duties": wanted})
    if is_known:
        require_a_keeper()
    journal.publish(events.RoleSet(code, wanted), by=by)
    return row


@journal.deed()
def drop_role(code: str, *, by: journal.Actor = None) -> None:
    """Take out a role that no post has ever carried. Raises RoleInUse."""
    if Post.objects.filter(role__code=code).exists():
        raise RoleInUse
    if Role.objects.filter(code=code).delete()[0]:
        journal.publish(events.RoleDropped(code), by=by)
