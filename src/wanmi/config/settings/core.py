"""The rooms, in the order of the floors, and the libraries they stand on."""

from .environment import env, env_flag, env_int

DEBUG = env_flag("DEBUG")
DEMO = env_flag("DEMO")
"""True in the process that serves the synthetic city."""

ROOMS = [
    "shell",
    "journal",
    "accounts",
    "geography",
    "organisation",
    "upkeep",
    "catalogue",
    "workflow",
    "evidence",
    "notices",
    "registers",
    "cases",
    "intake",
    "exchange",
    "surveys",
    "consultations",
    "dispatch",
    "triage",
    "portal",
    "field",
    "hotline",
    "demo",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "template_partials",
    *[f"wanmi.{room}" for room in ROOMS],
    "wanmi.config",
]

AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CASE_NUMBER_PATTERN = env("CASE_NUMBER_PATTERN", "{area}{yyyy}{mm}{dd}{seq:05}")
"""Pattern of case numbers; see `wanmi.kernel.identifiers`."""

DUPLICATE_METRES = env_int("DUPLICATE_METRES", 50)
DUPLICATE_HOURS = env_int("DUPLICATE_HOURS", 24)
"""How near in place and time a report of the same class is suggested as a duplicate."""

OPEN311_JURISDICTION = env("OPEN311_JURISDICTION")
"""The city's jurisdiction_id; another one asked for is refused. Empty: any is taken."""
OPEN311_PER_MINUTE = env_int("OPEN311_PER_MINUTE", 120)
"""How many service requests one program may bring in a minute."""
OPEN311_CHANGESET = "2026-11-21T00:00:00+08:00"
"""When the doors last changed their ways."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
