"""Where media lie and how large an upload may be."""

from .environment import HOME, env, env_int

MEDIA_ROOT = env("MEDIA_ROOT", str(HOME / "media"))
MEDIA_MAX_BYTES = env_int("MEDIA_MAX_MB", 50) * 1_000_000
MEDIA_MAX_MEGAPIXELS = env_int("MEDIA_MAX_MEGAPIXELS", 60)
"""Larger pictures are refused before they are unpacked (decompression bombs)."""

FILE_UPLOAD_HANDLERS = [
    "wanmi.evidence.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
