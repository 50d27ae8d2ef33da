"""Refusals in the form of the standard: a list of codes with descriptions."""

from django.utils.translation import gettext

from wanmi.kernel.errors import Refused


class Refusal(Exception):
    """This request is refused with a status and a sentence in the caller's language."""

    def __init__(self, status: int, msgid: str, **params: object) -> None:
        said = gettext(msgid)
        self.status = status
        self.description = said % params if params else said
        super().__init__(self.description)


def as_refusal(error: Refused) -> Refusal:
    """Return a refusal of the house in the standard's form; unusable content is a 400 there."""
    refusal = Refusal(400 if error.status in (409, 422) else error.status, "")
    refusal.description = error.sentence(gettext)
    return refusal
