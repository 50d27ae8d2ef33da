"""Django's entry to the room."""

from typing import Any

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "wanmi.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Have the originals verified together with the journal, and dead uploads swept."""
        from wanmi.journal import actions as journal

        from .actions import sweep_uploads
        from .queries import media_faults

        journal.offer_check("media", media_faults)

        def sweep(_: dict[str, Any]) -> None:
            sweep_uploads()

        journal.offer_job("evidence.sweep_uploads", sweep, every_seconds=3600)
