"""What the public may do, and what clerks let it see."""

from .publishing import (
    AlreadySettled,
    AlreadyShown,
    NotAgreed,
    complain,
    release,
    release_picture,
    settle,
    withdraw,
)
from .reporting import (
    Handed,
    NotAPicture,
    PlaceMissing,
    TooManyPictures,
    hand_in,
    receive_pictures,
)

__all__ = [
    "AlreadySettled",
    "AlreadyShown",
    "Handed",
    "NotAPicture",
    "NotAgreed",
    "PlaceMissing",
    "TooManyPictures",
    "complain",
    "hand_in",
    "receive_pictures",
    "release",
    "release_picture",
    "settle",
    "withdraw",
]
