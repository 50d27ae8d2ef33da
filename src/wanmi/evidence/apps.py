"""Django's entry to the room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "wanmi.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Have the originals verified together with the journal."""
        from wanmi.journal import actions as journal

        from .queries import media_faults

        journal.offer_check("media", media_faults)
