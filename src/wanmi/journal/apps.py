"""Django's entry to the room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "wanmi.journal"
    label = "journal"
