"""Django's entry to the room."""

from django.apps import AppConfig
from django.http import HttpRequest


class AccountsConfig(AppConfig):
    name = "wanmi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Keep theme and language with their person; gate the terminal until its phone is bound."""
        from wanmi.shell import preferences, terminal

        from . import panels
        from .binding import require_bound

        preferences.offer_keeper(_keep)
        terminal.offer_gate(require_bound)
        panels.offer()


def _keep(request: HttpRequest, name: str, value: str) -> None:
    from . import actions
    from .queries import account

    if request.user.is_authenticated:
        user = account(request.user.get_username())
        if user is not None:
            actions.keep_preference(user, name, value)
