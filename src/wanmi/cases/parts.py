"""What the page of a part shows of the cases about it, and the way to report one."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.organisation.queries import scope_in
from wanmi.registers import actions as registers
from wanmi.registers.queries import Part

from . import queries, showing

MOST_SHOWN = 20


def offer() -> None:
    """Put the cases about a part on its page."""
    registers.offer_panel(registers.Panel("cases", _("Cases about this part"), draw, order=10))


def draw(request: HttpRequest, part: Part) -> SafeString | str:
    """Return the newest cases about a part that the reader may see; "" for who sees none."""
    scope = scope_in(request)
    if not scope.may(organisation.duties.SEE_CASES, part.area_path):
        return ""
    rows = queries.visible(scope).filter(part_id=part.pk).select_related("category")
    found = list(rows.order_by("-pk")[: MOST_SHOWN + 1])
    context = {"rows": showing.rows(found[:MOST_SHOWN]), "has_more": len(found) > MOST_SHOWN}
    return render_to_string("cases/parts/of_part.html", context, request=request)
