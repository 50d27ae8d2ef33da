"""SQLite by default, PostgreSQL by `WANMI_DATABASE_URL`.

The SQLite values were measured: immediate transactions never answered
"database is locked", deferred ones did for one request in three.
"""

import hashlib
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from .environment import HOME, env, env_flag

DATABASE_URL = env("DATABASE_URL", f"sqlite:///{HOME}/wanmi.sqlite3")

SQLITE_SYNCHRONOUS = "FULL" if env_flag("SQLITE_FULL_SYNC") else "NORMAL"
"""FULL also survives a power cut; NORMAL may lose the last commits then, never corrupts."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    f"PRAGMA synchronous={SQLITE_SYNCHRONOUS};"
    "PRAGMA cache_size=-20000;"
    "PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=27103364;"
    "PRAGMA temp_store=MEMORY"
)


POOLED = env_flag("POSTGRESQL_POOLED")
"""Whether a pooler that keeps no prepared statements stands before PostgreSQL."""
# Prepared is what asks for it (`shell.sending`): Django's own statements have their values
# in their text and hardly come again. With none, psycopg prepares nothing whoever asks.
_PREPARE_AFTER = None if POOLED else 1_000_000_000


def _checkout_mark() -> str:
    """Tell two checkouts on one machine apart, so that their test databases never meet."""
    return hashlib.sha256(str(Path.cwd()).encode()).hexdigest()[:8]


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "wanmi.journal.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS},
        # A file, since the shared cache of an in-memory one locks a second thread out.
        "TEST": {"NAME": str(HOME / f"test-{_checkout_mark()}.sqlite3")},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": _PREPARE_AFTER, **dict(parse_qsl(parts.query))},
        "TEST": {"NAME": f"test_wanmi_{_checkout_mark()}"},
    }


if DATABASE_URL.startswith("sqlite"):
    DATABASES = {"default": _sqlite(DATABASE_URL.removeprefix("sqlite:///"))}
    HOME.mkdir(parents=True, exist_ok=True)
else:
    DATABASES = {"default": _postgresql(DATABASE_URL)}
