"""What this room puts on everybody's desk: the overview, one's own reports, the map."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow

from . import queries, showing
from .models import Case
from .views import board


def furnish() -> None:
    """Furnish the desk."""
    reported = workflow.Tab(
        "reported",
        _("Reported by me"),
        _reported,
        showing.cards,
        _("You have reported nothing yet"),
        _("See something wrong? Tell us where and what."),
    )
    part = workflow.DeskPart(
        tabs=(reported,),
        starts=(workflow.Start(_("Report"), "cases:report", organisation.duties.REPORT),),
        overview=workflow.Overview(board.board, board.watches),
        map_template="cases/parts/map.html",
    )
    workflow.furnish_desk("cases", part)


def _reported(scope: organisation.Scope) -> QuerySet[Case]:
    mine = queries.visible(scope).filter(reported_by_id=scope.user_id)
    return mine.select_related("category").order_by("-pk")
