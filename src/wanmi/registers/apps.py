"""Django's entry to the room."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "wanmi.registers"
    label = "registers"
