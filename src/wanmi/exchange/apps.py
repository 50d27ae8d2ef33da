"""Django's entry to the room: opens the doors that other systems come by."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "wanmi.exchange"
    label = "exchange"

    def ready(self) -> None:
        from wanmi.intake import actions as intake

        from . import menus
        from .open311.posting import DOOR
        from .partners import opening

        intake.offer_door(intake.Door(DOOR, "Open311", "Open311", "platform"))
        opening.open_doors()
        menus.register()
