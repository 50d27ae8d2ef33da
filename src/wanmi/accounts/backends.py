"""Django's sign-in, with our lock-out."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from wanmi.kernel.errors import Refused
from wanmi.shell.addresses import client_group

from . import actions
from .models import User


class LockingBackend(BaseBackend):
    """Checks name and password; a locked account is refused."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **more: Any,
    ) -> User | None:
        if not username or not password:
            return None
        try:
            address = client_group(request) if request is not None else ""
            return actions.check_credentials(username, password, address=address)
        except Refused:
            return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
