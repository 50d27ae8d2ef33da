"""Django's entry to the room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "wanmi.notices"
    label = "notices"
