"""What may be done with evidence: receive it, store it, attach it."""

from ..pictures import PictureTooLarge, UnreadablePicture
from .attaching import ForeignMedia, attach
from .receiving import EmptyFile, FileTooLarge, Received, UnknownFileType, receive, too_large
from .storing import record, store
from .subjects import offer_subject

__all__ = [
    "EmptyFile",
    "FileTooLarge",
    "ForeignMedia",
    "PictureTooLarge",
    "Received",
    "UnknownFileType",
    "UnreadablePicture",
    "attach",
    "offer_subject",
    "receive",
    "record",
    "store",
    "too_large",
]
