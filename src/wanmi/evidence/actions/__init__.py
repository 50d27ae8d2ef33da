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
from .resuming import (
    PieceBroken,
    Said,
    UploadMoved,
    add_piece,
    begin_upload,
    drop_upload,
    sweep_uploads,
)
from .storing import record, store
from .subjects import offer_subject

__all__ = [
    "EmptyFile",
    "FileTooLarge",
    "ForeignMedia",
    "NewAttachment",
    "PictureTooLarge",
    "PieceBroken",
    "Readable",
    "Received",
    "Said",
    "UnknownFileType",
    "UnreadablePicture",
    "UploadMoved",
    "add_piece",
    "attach",
    "attach_many",
    "begin_upload",
    "drop_upload",
    "offer_subject",
    "receive",
    "record",
    "store",
    "sweep_uploads",
    "too_large",
]
