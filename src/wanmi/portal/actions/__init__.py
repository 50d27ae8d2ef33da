"""What the public may do: report, say more, rate, bring back."""

from .reporting import (
    Handed,
    NotAPicture,
    PlaceMissing,
    TooManyPictures,
    hand_in,
    receive_pictures,
)

__all__ = [
    "Handed",
    "NotAPicture",
    "PlaceMissing",
    "TooManyPictures",
    "hand_in",
    "receive_pictures",
]
