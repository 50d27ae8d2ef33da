"""The limit on every upload, kept before anything is read and while it streams."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler

from .actions.receiving import too_large

_FORM_BYTES = 100_000
"""What a form may weigh beside its file: boundaries, names, other fields."""


class SizeLimit(FileUploadHandler):
    """Refuses by the announced length at once, and by the received length as it grows."""

    received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        if content_length > settings.MEDIA_MAX_BYTES + _FORM_BYTES:
            raise too_large()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.MEDIA_MAX_BYTES:
            raise too_large()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        # None hands the file on to the handlers behind this one.
        return None
