"""What may be done with the organisation: found bodies, make posts, appoint and dismiss."""

from .bodies import (
    CHANGEABLE,
    BodyExists,
    PostExists,
    UnknownRole,
    change_body,
    enter_shipped_roles,
    found_body,
    make_post,
)
from .people import (
    AlreadyAppointed,
    AlreadyDismissed,
    LastKeeper,
    NotYourself,
    OutOfYourHands,
    appoint,
    dismiss,
    hire,
    lock,
    reset_password,
    unlock,
)

__all__ = [
    "CHANGEABLE",
    "AlreadyAppointed",
    "AlreadyDismissed",
    "BodyExists",
    "LastKeeper",
    "NotYourself",
    "OutOfYourHands",
    "PostExists",
    "UnknownRole",
    "appoint",
    "change_body",
    "dismiss",
    "enter_shipped_roles",
    "found_body",
    "hire",
    "lock",
    "make_post",
    "reset_password",
    "unlock",
]
