"""What may be done with accounts: open, keep and use them, give and take back tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict

from . import events
from .checking import (
    AccountIsLocked,
    WrongCredentials,
    check_credentials,
    distrust,
    refuse_weak,
)
from .devices import (
    DeviceIsRevoked,
    DeviceOfAnother,
    DeviceWaits,
    NoSuchDevice,
    NotWaiting,
    TooManyDevices,
    WrongMinutes,
)
from .devices import approve as approve_device
from .devices import register as register_device
from .devices import revoke as revoke_device
from .devices import set_rule as set_device_rule
from .keeping import LockedAlready, NotLocked, lock_account, reset_password, unlock_account
from .models import User
from .own import (
    NameNeeded,
    SamePassword,
    UnusableEmail,
    UnusablePhone,
    WrongPassword,
    change_password,
    change_profile,
    keep_preference,
)
from .tokens import (
    NoSuchToken,
    UnnamedToken,
    bearer,
    give_token,
    make_token,
    revoke_all_tokens,
    revoke_token,
    revoke_token_number,
)

__all__ = [
    "AccountIsLocked",
    "DeviceIsRevoked",
    "DeviceOfAnother",
    "DeviceWaits",
    "LockedAlready",
    "NameNeeded",
    "NameTaken",
    "NewAccount",
    "NoSuchDevice",
    "NoSuchToken",
    "NotLocked",
    "NotWaiting",
    "SamePassword",
    "TooManyDevices",
    "UnnamedToken",
    "UnusableEmail",
    "UnusablePhone",
    "WrongCredentials",
    "WrongMinutes",
    "WrongPassword",
    "approve_device",
    "bearer",
    "change_password",
    "change_profile",
    "check_credentials",
    "distrust",
    "give_token",
    "keep_preference",
    "lock_account",
    "make_token",
    "note_sign_in",
    "open_account",
    "open_accounts",
    "register_device",
    "reset_password",
    "revoke_all_tokens",
    "revoke_device",
    "revoke_token",
    "revoke_token_number",
    "set_device_rule",
    "unlock_account",
]


class NameTaken(Conflict):
    """Somebody already signs in with this name."""

    code = "name_taken"


@journal.deed()
def open_account(
    username: str,
    *,
    password: str,
    name_zh: str,
    name_en: str = "",
    phone: str = "",
    email: str = "",
    by: journal.Actor = None,
    check_password: bool = True,
) -> User:
    """Open an account. Raises NameTaken, or Invalid for a weak password."""
    if User.objects.filter(username=username).exists():
        raise NameTaken
    user = User(username=username, name_zh=name_zh, name_en=name_en, phone=phone, email=email)
    if check_password:
        refuse_weak(password, user)
    user.set_password(password)
    user.save()
    journal.publish(events.AccountOpened(user.pk), by=by)
    return user


@dataclass(frozen=True)
class NewAccount:
    """An account to be opened together with others."""

    username: str
    name_zh: str
    name_en: str = ""


@journal.deed()
def open_accounts(
    news: Sequence[NewAccount], *, password: str, by: journal.Actor = None
) -> list[User]:
    """Open many accounts at once with one first password, all or none. Raises NameTaken.

    They share the salt as well, which tells nobody more than that they share the password:
    hashing it once for each would take minutes for the staff of a city.
    """
    names = [new.username for new in news]
    if len(set(names)) < len(names) or User.objects.filter(username__in=names).exists():
        raise NameTaken
    hashed = make_password(password)
    rows = [
        User(username=new.username, password=hashed, name_zh=new.name_zh, name_en=new.name_en)
        for new in news
    ]
    users = User.objects.bulk_create(rows)
    for user in users:
        journal.publish(events.AccountOpened(user.pk), by=by)
    return users


def note_sign_in(user: User) -> None:
    """Record that a person signed in on a page."""
    journal.publish(events.SignedIn(user.pk, by="page"), by=user)
