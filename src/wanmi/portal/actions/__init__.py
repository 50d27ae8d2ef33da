"""What the public may do, and what clerks let it see."""

from .alerting import (
    NotTheLetter,
    TooManyAlerts,
    Wish,
    confirm_alert,
    make_alert,
    send_links,
    stop_alert,
)
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
    ContactNeeded,
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
    "ContactNeeded",
    "Handed",
    "NotAPicture",
    "NotAgreed",
    "NotTheLetter",
    "PlaceMissing",
    "TooManyAlerts",
    "TooManyPictures",
    "Wish",
    "complain",
    "confirm_alert",
    "hand_in",
    "make_alert",
    "receive_pictures",
    "release",
    "release_picture",
    "send_links",
    "settle",
    "stop_alert",
    "withdraw",
]
