"""Why somebody is put under supervision: a dictionary that a city names and extends."""

from django.utils.translation import gettext_lazy as _

from wanmi.upkeep import actions as upkeep

from .models import Urge


def _holding(code: str) -> int:
    return Urge.objects.filter(ground=code)[:10_000].count()


URGE_GROUNDS = upkeep.Dictionary(
    "urge_grounds",
    _("Sort of supervision"),
    {"timeout": _("Overdue"), "leader": _("Leader's order"), "important": _("Important")},
    used=_holding,
)
