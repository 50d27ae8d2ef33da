"""Django's entry to the room: its own matters, the pages of lower rooms, the menu."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "wanmi.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        from wanmi.journal import actions as journal
        from wanmi.organisation.queries import duties
        from wanmi.shell import menu

        from . import actions, bodies, dictionaries, menus, places, roles

        actions.offer(bodies.Bodies())
        actions.offer(bodies.Posts())
        actions.offer(roles.Roles())
        actions.offer(menus.Menus())
        actions.offer(dictionaries.Dictionaries())
        places.offer()
        journal.offer_job("upkeep.apply_due", lambda _: apply_due(), every_seconds=60)
        menu.offer_arrangement(menus.arrange)
        menu.register(
            menu.Item(
                "administration",
                _("Administration"),
                "upkeep:start",
                "gear",
                120,
                duties.EDIT_PEOPLE,
                group=_("Administration"),
            )
        )


def apply_due() -> None:
    """Let the changes whose day has come take effect."""
    from . import actions

    actions.apply_due()
