"""What this room puts on the side menu."""

from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.shell import menu

from . import fieldpanels

GROUP = _("Cases")


def register() -> None:
    """Fill the menu, and offer the panel of the terminal."""
    fieldpanels.offer()
    duties = organisation.duties
    menu.register(menu.Item("report", _("Report"), "cases:report", "plus", 20, duties.REPORT))
    menu.register(
        menu.Item("cases", _("Cases"), "cases:list", "case", 30, duties.SEE_CASES, group=GROUP)
    )
    menu.register(
        menu.Item("board", _("Overview"), "cases:board", "chart", 40, duties.SEE_BOARD, group=GROUP)
    )
    menu.register(
        menu.Item(
            "by_area", _("By area"), "cases:by_area", "grid", 42, duties.SEE_CASES, group=GROUP
        )
    )
    menu.register(
        menu.Item(
            "supervision",
            _("Supervision"),
            "cases:supervisions",
            "bell",
            44,
            duties.SUPERVISE,
            group=GROUP,
        )
    )
    controls = _("Controlled areas")
    menu.register(
        menu.Item(
            "controls", controls, "cases:controls", "clock", 46, duties.EDIT_CONTROLS, group=GROUP
        )
    )
