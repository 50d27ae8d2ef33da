"""Answer templates under upkeep: kept per purpose, placeholders filled from the matter answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from wanmi.kernel.errors import FieldError, Invalid
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken
from wanmi.upkeep import actions as upkeep
from wanmi.upkeep import queries as kept
from wanmi.upkeep.queries import groups

from . import words
from .models import Contact

KEY = "answers"
SAMPLE = {
    "code": "7K2M9QXA",
    "date": "2026-11-21",
    "place": gettext_noop("12 Bridgehead Road"),
    "class": gettext_noop("Exposed garbage"),
}
"""The placeholders, each with an example."""
_SHIPPED = Path(__file__).parent / "data" / "answers.json"


@dataclass(frozen=True)
class Filled:
    """A template as it would be sent to whoever brought a matter, in their language."""

    name: str
    words: str


def templates_for(contact: Contact) -> list[Filled]:
    """Return the templates of a matter's purpose and those of any, filled in."""
    chinese = contact.language.startswith("zh")
    said = _said_of(contact, chinese)
    return [
        Filled(_name(each), notices.fill(str(each["zh" if chinese else "en"]), said))
        for each in _standing().values()
        if each.get("purpose", "") in ("", contact.purpose)
    ]


class AnswerTemplates(upkeep.KeptMatter):
    """What clerks answer often, in two languages; whoever answers still reads and changes it."""

    key = KEY
    label = _("Answer templates")
    help = _("What is answered often, by purpose, with placeholders; changed before it is sent.")
    group = groups.LOOK
    duty = organisation.duties.EDIT_PROCEDURES
    icon = "message"
    may_add = True

    def items(self) -> Sequence[upkeep.Item]:
        """Return the templates with their purpose."""
        return [
            upkeep.Item(key, _name(each), str(words.PURPOSES.get(each.get("purpose", ""), "")))
            for key, each in _standing().items()
        ]

    def asked(self, item: str) -> upkeep.Asked:
        """Return the form: a name and words in each language, and what purpose it is for."""
        names = gettext("Placeholders: %(names)s") % {
            "names": ", ".join(f"{{{name}}}" for name in SAMPLE)
        }
        name = {"type": "string", "minLength": 1, "maxLength": 60}
        text = {"type": "string", "minLength": 2, "maxLength": 1500, "x-ui": "textarea"}
        purposes = {"": gettext("Any purpose")} | {k: str(v) for k, v in words.PURPOSES.items()}
        properties: dict[str, Any] = {
            "name_zh": {**name, "title": gettext_noop("Name (Chinese)")},
            "name_en": {**name, "title": gettext_noop("Name (English)")},
            "purpose": {
                "type": "string",
                "title": gettext_noop("Purpose"),
                "enum": list(purposes),
                "x-ui": "select",
            },
            "zh": {**text, "title": gettext_noop("In Chinese")},
            "en": {**text, "title": gettext_noop("In English")},
        }
        return upkeep.Asked(
            {
                "type": "object",
                "required": ["name_zh", "name_en", "zh", "en"],
                "additionalProperties": False,
                "properties": properties,
            },
            {"purpose": {"options": purposes}, "zh": {"help": names}, "en": {"help": names}},
        )

    def shipped(self, item: str) -> upkeep.Content | None:
        """Return a template as the product brings it."""
        found = _shipped().get(item)
        return dict(found) if found else None

    def check(self, item: str, content: upkeep.Content, scope: organisation.Scope) -> None:
        """Refuse placeholders that nobody fills in."""
        errors = list[FieldError]()
        for code in ("zh", "en"):
            strange = sorted(notices.placeholders(str(content[code])) - set(SAMPLE))
            if strange:
                said = gettext("There is no placeholder {%(name)s}.") % {"name": strange[0]}
                errors.append({"loc": [code], "msg": said})
        if errors:
            raise Invalid(errors=errors)

    def effects(
        self, item: str, content: upkeep.Content | None, day: date
    ) -> Sequence[upkeep.Effect]:
        """Show the words as people will read them."""
        said = {name: gettext(value) for name, value in SAMPLE.items()}
        return [
            upkeep.Effect(
                gettext("Reads: %(words)s") % {"words": notices.fill(str(content[code]), said)}
            )
            for code in ("zh", "en")
            if content
        ]


def _standing() -> dict[str, upkeep.Content]:
    """Return every template as it stands today, the shipped ones first."""
    keys = [*_shipped(), *(k for k in kept.decided_items(KEY) if k not in _shipped())]
    found = {key: kept.standing(KEY, key) or _shipped().get(key) for key in keys}
    return {key: content for key, content in found.items() if content}


@cache
def _shipped() -> dict[str, upkeep.Content]:
    return dict(json.loads(_SHIPPED.read_text(encoding="utf-8")))


def _name(content: Mapping[str, Any]) -> str:
    return spoken(str(content["name_zh"]), str(content["name_en"]))


def _said_of(contact: Contact, chinese: bool) -> dict[str, str]:
    case = contact.case
    names = (case.category_zh, case.category_en) if case is not None else ("", "")
    return {
        "code": contact.tracking_code,
        "date": timezone.localtime(contact.received_at).date().isoformat(),
        "place": contact.address,
        "class": (names[0] if chinese else names[1]) or "",
    }
