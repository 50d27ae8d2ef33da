"""The token that tells every process when the areas it keeps in memory have changed."""

import threading
import time
import uuid

from django.db import connection

from .models import AreasVersion

CHECK_SECONDS = 0.5
"""How long a process may answer from areas that another process has just changed."""

_lock = threading.Lock()
_checked_at = float("-inf")
_token = ""


def renew() -> None:
    """Say, inside the deed, that areas have changed."""
    AreasVersion.objects.update_or_create(id=1, defaults={"token": uuid.uuid4().hex})
    look_again()


def current() -> str:
    """Return the token; asks the database at most every half second."""
    global _checked_at, _token
    now = time.monotonic()
    if now - _checked_at < CHECK_SECONDS:
        return _token
    with _lock:
        _token, _checked_at = _read(), now
    return _token


def look_again() -> None:
    """Forget when we last looked, so that the next question asks the database."""
    global _checked_at
    _checked_at = float("-inf")


def _read() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM geography_areasversion WHERE id = 1")
        row = cursor.fetchone()
    return str(row[0]) if row else ""
