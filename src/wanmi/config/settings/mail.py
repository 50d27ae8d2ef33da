"""How e-mail and rings of browsers leave the house; e-mail without a server stays, visibly."""

from .environment import HOME, env, env_flag, env_int, env_list

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

PUSH_KEY_FILE = str(HOME / "keys" / "push.pem")
"""Our key towards push services (VAPID), drawn on first use."""
PUSH_INSIDE_HOSTS = env_list("PUSH_INSIDE_HOSTS")
"""Push services of the city's own: only these may lie at private addresses or speak plain HTTP."""
