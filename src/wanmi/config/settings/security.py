"""Keys, passwords, cookies. No secret stands in the repository."""

import secrets
from pathlib import Path

from .environment import HOME, env, env_flag, env_int, env_list


def _kept_secret(path: Path) -> str:
    """Return the secret kept in the state folder, drawing it on the first start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            file.write(secrets.token_urlsafe(50))
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = env("SECRET_KEY") or _kept_secret(HOME / "keys" / "django.key")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["wanmi.accounts.backends.LockingBackend"]

SIGN_IN_ATTEMPTS = env_int("SIGN_IN_ATTEMPTS", 5)
SIGN_IN_LOCK_MINUTES = env_int("SIGN_IN_LOCK_MINUTES", 15)
SIGN_IN_ADDRESS_ATTEMPTS = env_int("SIGN_IN_ADDRESS_ATTEMPTS", 60)
"""Failed sign-ins one address may have within `SIGN_IN_LOCK_MINUTES`, whatever the names."""
TRUSTED_PROXIES = env_list("TRUSTED_PROXIES", "127.0.0.1,::1")
"""Proxies whose `X-Forwarded-For` is believed: addresses or networks as 10.0.0.0/8."""
HOTLINE_SECRET = env("HOTLINE_SECRET") or _kept_secret(HOME / "keys" / "hotline.key")
"""What the telephone system signs its messages with."""
TOKEN_DAYS = env_int("TOKEN_DAYS", 30)

HTTPS = env_flag("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
