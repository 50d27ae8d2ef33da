"""Django's entry to the room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "wanmi.evidence"
    label = "evidence"
