"""How requests come in and pages go out."""

from .core import DEBUG
from .environment import HOME, env, env_int, env_list

ROOT_URLCONF = "wanmi.config.urls"
WSGI_APPLICATION = "wanmi.config.wsgi.application"
SERVE_THREADS = env_int("SERVE_THREADS", 4)
"""Requests one worker process answers at the same time."""
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env_list("TRUSTED_ORIGINS")

METRICS_TOKEN = env("METRICS_TOKEN")
"""Who carries it may read `/metrics`; without one only this machine may, past no proxy."""

MIDDLEWARE = [
    "wanmi.shell.metrics.RequestFigures",
    "wanmi.shell.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wanmi.shell.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wanmi.accounts.binding.DeviceGate",
    "wanmi.organisation.middleware.RequestScope",
    "wanmi.shell.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "wanmi.shell.pages.frame",
            ],
            "builtins": ["wanmi.shell.templatetags.components", "django.templatetags.i18n"],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
"""Only filled by `wanmi collectstatic`, for a proxy that serves files itself."""
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

SITE_URL = env("SITE_URL")
"""Address of the city as people outside reach it; letters carry links only with it."""

LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

BASEMAP_STYLE = env("BASEMAP_STYLE")
"""Address of a MapLibre style below our layers; empty: the demo city's own, or a blank ground."""
MAP_HOSTS = env_list("MAP_HOSTS")
"""Origins the content policy lets the map fetch styles, tiles and pictures from."""
