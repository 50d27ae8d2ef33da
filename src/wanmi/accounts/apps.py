"""Django's entry to the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "wanmi.accounts"
    label = "accounts"
