"""The wording of notices under upkeep: Chinese and English with placeholders, tried on oneself.

What a notice says is kept with it when it is told, so that older ones stay as they were said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from wanmi.accounts.queries import User
from wanmi.kernel.errors import FieldError, Invalid
from wanmi.organisation import queries as organisation
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep import queries as kept
from wanmi.upkeep.queries import groups

from .models import PLACEHOLDER

Words = dict[str, str]
SHIPPED = re.compile(r"%\((\w+)\)[sd]")
LANGUAGES = (("zh", "zh-hans"), ("en", "en"))


@dataclass(frozen=True)
class Wording:
    """A sentence people are told: its msgid, when it is told, an example of each placeholder."""

    key: str
    message: str
    label: str | Promise
    sample: Mapping[str, Any]


_wordings: dict[str, Wording] = {}
_by_message: dict[str, str] = {}


def offer_wording(wording: Wording) -> None:
    """Let administrators word a notice; the msgid is what `tell` is given."""
    _wordings[wording.key] = wording
    _by_message[wording.message] = wording.key


def words_for(message: str) -> Words | None:
    """Return the wording decided for a msgid, None where the shipped one holds."""
    key = _by_message.get(message)
    decided = kept.standing(NoticeWordings.key, key) if key else None
    return {code: str(decided[code]) for code, _tag in LANGUAGES} if decided else None


def fill(text: str, params: Mapping[str, Any]) -> str:
    """Return a wording with its placeholders filled in; an unknown one stays as it is."""
    return PLACEHOLDER.sub(lambda found: str(params.get(found[1], found[0])), text)


def placeholders(text: str) -> set[str]:
    """Return the names of a wording's placeholders."""
    return set(PLACEHOLDER.findall(text))


class NoticeWordings(upkeep.KeptMatter):
    """One sentence in two languages; every version is kept and can be brought back."""

    key = "wordings"
    label = _("Notice templates")
    help = _("What people are told, in Chinese and English, with placeholders; tried on yourself.")
    group = groups.LOOK
    duty = organisation.duties.EDIT_PROCEDURES
    icon = "bell"
    can_try = True

    def items(self) -> Sequence[upkeep.Item]:
        """Return the notices with what they say now in the reader's language."""
        code = "zh" if (get_language() or "").startswith("zh") else "en"
        return [
            upkeep.Item(each.key, str(each.label), (self.now(each.key) or {}).get(code, ""))
            for each in _wordings.values()
        ]

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form: a sentence in each language."""
        known = ", ".join(f"{{{name}}}" for name in _sample(item))
        line = {"type": "string", "minLength": 2, "maxLength": 200, "x-ui": "textarea"}
        placeholders = gettext("Placeholders: %(names)s") % {"names": known}
        return upkeep.Asked(
            {
                "type": "object",
                "required": ["zh", "en"],
                "additionalProperties": False,
                "properties": {
                    "zh": {**line, "title": gettext_noop("In Chinese")},
                    "en": {**line, "title": gettext_noop("In English")},
                },
            },
            {"zh": {"help": placeholders}, "en": {"help": placeholders}},
        )

    def shipped(self, item: str) -> upkeep.Content | None:
        """Return the sentence as the product brings it."""
        wording = _wordings.get(item)
        if wording is None:
            return None
        said: upkeep.Content = {}
        for code, tag in LANGUAGES:
            with override(tag):
                said[code] = SHIPPED.sub(r"{\1}", gettext(wording.message)).replace("%%", "%")
        return said

    def check(self, item: str, content: upkeep.Content, scope: organisation.Scope) -> None:
        """Refuse placeholders that nobody fills in."""
        known, errors = set(_sample(item)), list[FieldError]()
        for code, _tag in LANGUAGES:
            strange = sorted(set(PLACEHOLDER.findall(content[code])) - known)
            if strange:
                words = gettext("There is no placeholder {%(name)s}.") % {"name": strange[0]}
                errors.append({"loc": [code], "msg": words})
        if errors:
            raise Invalid(errors=errors)

    def effects(
        self, item: str, content: upkeep.Content | None, day: date
    ) -> Sequence[upkeep.Effect]:
        """Show the sentence as people will read it, and what it no longer says."""
        said = content or self.shipped(item) or {}
        found = [
            upkeep.Effect(gettext("Reads: %(words)s") % {"words": _example(item, said, code)})
            for code, _tag in LANGUAGES
        ]
        lost = _usual(item) - set(PLACEHOLDER.findall("".join(map(str, said.values()))))
        if lost:
            names = ", ".join(f"{{{name}}}" for name in sorted(lost))
            words = gettext("It no longer says: %(names)s") % {"names": names}
            found.append(upkeep.Effect(words, "warn"))
        return found

    def try_out(self, item: str, content: upkeep.Content, *, by: User, at: datetime) -> None:
        """Send the sentence, filled with examples, to whoever tries it."""
        from .telling import tell_words

        words = {code: _example(item, content, code) for code, _tag in LANGUAGES}
        tell_words(by.pk, words, kind="wording_tried", link="/administration/wordings", at=at)


def _usual(item: str) -> set[str]:
    """Return the placeholders of the shipped sentence."""
    return set(
        PLACEHOLDER.findall("".join(map(str, (NoticeWordings().shipped(item) or {}).values())))
    )


def _sample(item: str) -> Mapping[str, Any]:
    wording = _wordings.get(item)
    return wording.sample if wording else {}


def _example(item: str, content: upkeep.Content, code: str) -> str:
    params = {
        name: value.get(code, "") if isinstance(value, Mapping) else value
        for name, value in _sample(item).items()
    }
    return fill(str(content.get(code, "")), params)
