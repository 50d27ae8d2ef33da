"""Django's entry to the room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wanmi.demo"
    label = "demo"

    def ready(self) -> None:
        from wanmi.accounts import actions as accounts

        from .building.city import is_demo
        from .people import PASSWORD

        accounts.distrust(PASSWORD, unless=is_demo)
