"""Django's entry to the room: puts the bell into the top bar."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wanmi.notices"
    label = "notices"

    def ready(self) -> None:
        from wanmi.shell import menu

        from .views import bell

        menu.offer_bell(bell)
