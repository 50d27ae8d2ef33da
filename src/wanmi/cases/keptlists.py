"""Lists of cases whose filters can be kept under a name."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import lists

from . import narrowing, words
from .filtering import CaseFilter
from .views.supervisions import SHOWN

ORDERS = {
    "number": _("Oldest first"),
    "due": _("Nearest deadline first"),
    "-due": _("Latest deadline first"),
}
SUPERVISIONS: lists.Said = {
    "shown": (_("Reply"), SHOWN),
    "ground": (_("Sort of supervision"), words.GROUNDS),
    "body": (_("To"), None),
    "q": (_("Words in it"), None),
}


def offer() -> None:
    """Offer the lists of this room."""
    see = organisation.duties.SEE_CASES
    names = (*CaseFilter.model_fields, "sort")
    lists.offer(lists.Listing("cases", _("Cases"), "cases:list", names, see, _told))
    lists.offer(
        lists.Listing(
            "supervisions",
            _("Supervision"),
            "cases:supervisions",
            tuple(SUPERVISIONS),
            see,
            lists.told_by(SUPERVISIONS),
        )
    )


def _told(sent: QueryDict) -> Iterator[tuple[str, str]]:
    """Tell filters and order of the list of cases."""
    yield from ((chip.label, chip.word) for chip in narrowing.chips(narrowing.read(sent), sent))
    if order := ORDERS.get(sent.get("sort", "")):
        yield str(_("Sorted by")), str(order)
