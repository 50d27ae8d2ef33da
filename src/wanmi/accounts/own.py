"""What people do with their own account: profile, language and theme, password."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line

from . import events
from .checking import WrongCredentials, check_credentials, refuse_weak
from .models import User
from .tokens import end_tokens

NAME_LENGTH = 60
PHONE_LENGTH = 30
EMAIL_LENGTH = 254
PREFERENCES = ("language", "theme")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{4,}(?: ?(?:ext|x|转)\.? ?\d{1,6})?")


class NameNeeded(Invalid):
    """A name is needed; colleagues know you by it."""

    code = "name_needed"


class UnusablePhone(Invalid):
    """This is no telephone number; write it as 010-12345678 or +86 138 0000 0000."""

    code = "unusable_phone"


class UnusableEmail(Invalid):
    """This is no e-mail address."""

    code = "unusable_email"


class WrongPassword(Invalid):
    """The current password is wrong."""

    code = "wrong_password"


class SamePassword(Invalid):
    """The new password is the old one; choose another."""

    code = "same_password"


@journal.deed()
def change_profile(
    user: User, *, name_zh: str, name_en: str = "", phone: str = "", email: str = ""
) -> None:
    """Change how a person is called and reached. Raises NameNeeded, UnusablePhone, UnusableEmail.

    The journal keeps which of these changed, never what they were or are.
    """
    wanted = {
        "name_zh": clean_line(name_zh, max_length=NAME_LENGTH),
        "name_en": clean_line(name_en, max_length=NAME_LENGTH),
        "phone": _phone(phone),
        "email": _email(email),
    }
    if not wanted["name_zh"]:
        raise NameNeeded
    changed = tuple(name for name, value in wanted.items() if getattr(user, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(user, name, wanted[name])
    user.save(update_fields=list(changed))
    journal.publish(events.ProfileChanged(user.pk, changed), by=user)


@journal.deed()
def keep_preference(user: User, name: str, value: str) -> None:
    """Remember a preference (see PREFERENCES) with the account, for other browsers."""
    if name not in PREFERENCES or getattr(user, name) == value:
        return
    setattr(user, name, value)
    user.save(update_fields=[name])
    journal.publish(events.PreferencesChanged(user.pk, (name,)), by=user)


def change_password(
    user: User, current: str, new: str, *, with_tokens: bool = True, address: str = ""
) -> None:
    """Give oneself a new password; other sessions end, the tokens too unless told otherwise.

    Raises WrongPassword, SamePassword, AccountIsLocked, TooOften, or Invalid for
    a weak one. Wrong current passwords count as failed sign-ins.
    """
    try:
        check_credentials(user.username, current, address=address)
    except WrongCredentials as error:
        raise WrongPassword from error
    if new == current:
        raise SamePassword
    refuse_weak(new, user)
    _set_password(user, new, with_tokens=with_tokens)


@journal.deed()
def _set_password(user: User, new: str, *, with_tokens: bool) -> None:
    user.set_password(new)
    # Sessions carry a digest of the password's hash, so all but a renewed one end here.
    user.save(update_fields=["password"])
    if with_tokens:
        end_tokens(user)
    journal.publish(events.PasswordChanged(user.pk), by=user)


def _phone(text: str) -> str:
    phone = clean_line(text, max_length=PHONE_LENGTH)
    if phone and not _PHONE.fullmatch(phone):
        raise UnusablePhone
    return phone


def _email(text: str) -> str:
    email = clean_line(text, max_length=EMAIL_LENGTH)
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise UnusableEmail from error
    return email
