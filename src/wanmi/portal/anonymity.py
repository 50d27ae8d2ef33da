"""Which purposes need an address to answer to: under upkeep, for the public's own form."""

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep import queries as kept
from wanmi.upkeep.queries import groups

from .reporting import PURPOSES

KEY = "anonymous"


def needs_contact(purpose: str) -> bool:
    """Say whether somebody has to leave a phone number or an e-mail address with a purpose."""
    decided = kept.standing(KEY, purpose)
    return bool(decided and decided.get("needs_contact"))


def purposes_with_contact() -> list[str]:
    """Return the purposes nobody can bring anonymously, as the form calls them."""
    return [gettext(label) for code, label in PURPOSES.items() if needs_contact(code)]


class Anonymity(upkeep.KeptMatter):
    """Whether people may stay anonymous, purpose by purpose."""

    key = KEY
    label = _("Anonymous reports")
    help = _("For which purposes people have to leave an address on the public's pages.")
    group = groups.WORK
    duty = organisation.duties.EDIT_PROCEDURES
    icon = "person"

    def items(self) -> Sequence[upkeep.Item]:
        """Return the purposes, with what holds today."""
        must, may = gettext("An address is needed"), gettext("May stay anonymous")
        return [
            upkeep.Item(code, gettext(label), must if needs_contact(code) else may)
            for code, label in PURPOSES.items()
        ]

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form: one box."""
        title = gettext_noop("People have to leave a phone number or an e-mail address")
        box = {"type": "boolean", "title": title, "x-ui": "checkbox"}
        return upkeep.Asked(
            {
                "type": "object",
                "additionalProperties": False,
                "properties": {"needs_contact": box},
            }
        )

    def shipped(self, item: str) -> upkeep.Content | None:
        """Return what holds as long as nobody decided: everybody may stay anonymous."""
        return {"needs_contact": False} if item in PURPOSES else None
