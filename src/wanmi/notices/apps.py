"""Django's entry to the room: puts the bell into the top bar, offers ways out."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wanmi.notices"
    label = "notices"

    def ready(self) -> None:
        from wanmi.shell import menu

        from . import email, letters, menus
        from .views import bell

        menu.offer_bell(bell)
        menus.register()
        letters.offer_work()
        email.offer()
