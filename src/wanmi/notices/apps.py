"""Django's entry to the room: puts the bell into the top bar, offers ways out."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wanmi.notices"
    label = "notices"

    def ready(self) -> None:
        from wanmi.shell import menu
        from wanmi.upkeep import actions as upkeep

        from . import email, letters, menus, wording
        from .push import ringing
        from .views import bell

        menu.offer_bell(bell)
        menus.register()
        upkeep.offer(wording.NoticeWordings())
        letters.offer_work()
        email.offer()
        ringing.offer()
