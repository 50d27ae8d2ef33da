"""Django's entry to the room."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "wanmi.shell"
    label = "shell"
