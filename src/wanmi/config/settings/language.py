"""Simplified Chinese first, English complete; times shown in the city's zone."""

from pathlib import Path

from .environment import env

LANGUAGE_CODE = env("LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
# The kernel is no Django app, so its sentences are named here.
LOCALE_PATHS = [Path(__file__).resolve().parents[2] / "kernel" / "locale"]
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Asia/Shanghai")
