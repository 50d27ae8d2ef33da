"""Who calls the API: a bearer token, or the browser's session with CSRF."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from . import actions
from .models import User


class Bearer(HttpBearer):
    """`Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = actions.bearer(token)
        if user is not None:
            request.user = user
        return user


class ApiAuth:
    """Tries the token, then the session (whose unsafe requests must carry the CSRF token)."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self) -> None:
        self._bearer = Bearer()
        self._session = SessionAuth(csrf=True)

    def __call__(self, request: HttpRequest) -> Any:
        if request.headers.get("Authorization"):
            return self._bearer(request)
        return self._session(request)
