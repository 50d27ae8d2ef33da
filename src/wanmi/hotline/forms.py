"""The forms of the hotline: what an agent writes down, and an article."""

from typing import Any

from django.utils.translation import gettext_noop as _

from wanmi.catalogue import queries as catalogue
from wanmi.intake.queries import Purpose
from wanmi.shell.schemaforms import SchemaForm, pieces

from . import words

SAID: dict[str, Any] = {
    "type": "object",
    "required": ["purpose", "words"],
    "properties": {
        "purpose": {
            "type": "string",
            "title": _("Purpose"),
            "x-ui": "radio",
            "enum": list(Purpose.values),
            "default": "report",
        },
        "words": pieces.words(_("What they say"), 5000, least=2),
        "category": {"type": "string", "title": _("Class"), "maxLength": 40, "x-ui": "select"},
        "address": pieces.ADDRESS,
        **pieces.PLACE,
        "name": pieces.text(_("Their name"), 60),
        "phone": pieces.text(_("Another phone number"), 30),
        "answer": pieces.words(_("Answer given on the spot")),
    },
}
ARTICLE: dict[str, Any] = {
    "type": "object",
    "required": ["title_zh", "words_zh"],
    "properties": {
        "title_zh": pieces.text(_("Question in Chinese"), 120, least=2),
        "words_zh": pieces.words(_("Answer in Chinese"), least=2),
        "title_en": pieces.text(_("Question in English"), 120),
        "words_en": pieces.words(_("Answer in English")),
        "keywords": pieces.text(_("Words it is found by"), 200),
        "is_withdrawn": {"type": "boolean", "title": _("Withdrawn"), "x-ui": "checkbox"},
    },
}


def said_form(center: str = "") -> SchemaForm:
    """Return the form an agent fills while somebody speaks."""
    hints: dict[str, Any] = {
        "purpose": {"options": {key: str(text) for key, text in words.PURPOSES.items()}},
        "category": {"widget": "select", "groups": catalogue.class_groups()},
        "lon": {"layers": "areas grids cases", **({"center": center} if center else {})},
    }
    return SchemaForm(SAID, hints, prefix="said")


def article_form(values: dict[str, Any] | None = None) -> SchemaForm:
    """Return the form an article is written with."""
    return SchemaForm(ARTICLE, {}, values=values, prefix="article")
