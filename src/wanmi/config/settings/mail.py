"""How e-mail leaves the house; without a server it stays, visibly, in the house."""

from .environment import HOME, env, env_flag, env_int

EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD")
EMAIL_USE_SSL = env_flag("EMAIL_SSL")
EMAIL_USE_TLS = env_flag("EMAIL_STARTTLS", not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "wanmi@localhost")

EMAIL_FOLDER = env("EMAIL_FOLDER")
"""A folder instead of a server, for rehearsals: each message becomes a file in it."""
if EMAIL_FOLDER:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(HOME / EMAIL_FOLDER)
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
