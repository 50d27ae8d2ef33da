"""What happens at the door: signing in and out, lock-outs, tokens."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class AccountEvent(Event):
    """Something about one account."""

    subject_kind = "user"
    id: int


@dataclass(frozen=True)
class AccountOpened(AccountEvent):
    """An account was opened."""


@dataclass(frozen=True)
class SignedIn(AccountEvent):
    """Somebody signed in; `by` says how (page or token)."""

    by: str


@dataclass(frozen=True)
class AccountLocked(AccountEvent):
    """Too many wrong passwords; the account is closed for a while."""


@dataclass(frozen=True)
class TokenGiven(AccountEvent):
    """A bearer token was given out."""


@dataclass(frozen=True)
class TokenRevoked(AccountEvent):
    """A bearer token was taken back."""


@dataclass(frozen=True)
class AccountClosed(AccountEvent):
    """An account was locked by hand."""


@dataclass(frozen=True)
class AccountReopened(AccountEvent):
    """An account was unlocked by hand."""


@dataclass(frozen=True)
class PasswordReset(AccountEvent):
    """An account was given a new password by somebody else."""


@dataclass(frozen=True)
class ProfileChanged(AccountEvent):
    """A person changed their own name or how to reach them; `fields` says which, not what."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class PreferencesChanged(AccountEvent):
    """A person chose another language or theme; `fields` says which."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class PasswordChanged(AccountEvent):
    """A person gave themselves a new password; other sessions ended."""


@dataclass(frozen=True)
class DeviceRegistered(AccountEvent):
    """A device was registered for an account; `state` says whether it may be used at once."""

    device: int
    state: str


@dataclass(frozen=True)
class DeviceApproved(AccountEvent):
    """A waiting device was bound."""

    device: int


@dataclass(frozen=True)
class DeviceRevoked(AccountEvent):
    """A device was taken from its person; it is emptied when it next reaches us."""

    device: int


@dataclass(frozen=True)
class DeviceRuleSet(Event):
    """How devices are bound and when they lock was set anew."""

    subject_kind = "device_rule"
    id: int
    binding: str
    lock_minutes: int
    pin_required: bool
