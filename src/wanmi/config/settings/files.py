"""Where media lie and how large an upload may be."""

from .environment import HOME, env, env_int

MEDIA_ROOT = env("MEDIA_ROOT", str(HOME / "media"))
MEDIA_MAX_BYTES = env_int("MEDIA_MAX_MB", 50) * 1_000_000
STORAGES = {
    "default": {
        "BACKEND": env("STORAGE", "django.core.files.storage.FileSystemStorage"),
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
