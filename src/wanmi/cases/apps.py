"""Django's entry to the room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "wanmi.cases"
    label = "cases"
