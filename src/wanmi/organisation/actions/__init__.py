"""What may be done with the organisation: found bodies, make posts, appoint and dismiss."""

from ..locating import offer_locator
from .bodies import (
    CHANGEABLE,
    BodyExists,
    PostExists,
    UnknownRole,
    change_body,
    change_post,
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
    require_in_hand,
    reset_password,
    unlock,
)
from .roles import RoleInUse, UnknownDuty, drop_role, set_role
from .shipped import enter_shipped_roles, take_news

__all__ = [
    "CHANGEABLE",
    "AlreadyAppointed",
    "AlreadyDismissed",
    "BodyExists",
    "LastKeeper",
    "NotYourself",
    "OutOfYourHands",
    "PostExists",
    "RoleInUse",
    "UnknownDuty",
    "UnknownRole",
    "appoint",
    "change_body",
    "change_post",
    "dismiss",
    "drop_role",
    "enter_shipped_roles",
    "found_body",
    "hire",
    "lock",
    "make_post",
    "offer_locator",
    "require_in_hand",
    "reset_password",
    "set_role",
    "take_news",
    "unlock",
]
