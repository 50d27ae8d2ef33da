"""Django's entry to the room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "wanmi.demo"
    label = "demo"
