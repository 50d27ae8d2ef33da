"""What may be done with evidence: receive it, store it, attach it."""

from ..pictures import PictureTooLarge, UnreadablePicture
from .attaching import ForeignMedia, NewAttachment, attach, attach_many
from .receiving import (
    EmptyFile,
    FileTooLarge,
    Readable,
    Received,
    UnknownFileType,
    receive,
    too_large,
)
from .storing import record, store
from .subjects import offer_subject

__all__ = [
    "EmptyFile",
    "FileTooLarge",
    "ForeignMedia",
    "NewAttachment",
    "PictureTooLarge",
    "Readable",
    "Received",
    "UnknownFileType",
    "UnreadablePicture",
    "attach",
    "attach_many",
    "offer_subject",
    "receive",
    "record",
    "store",
    "too_large",
]
