"""The forms of the hotline: what an agent writes down, and an article."""

from typing import Any

from django.utils.translation import gettext_noop as _

from wanmi.catalogue import queries as catalogue
from wanmi.intake.queries import Purpose
from wanmi.shell.schemaforms import SchemaForm

from . import words


def _text(title: str, most: int, ui: str = "text", least: int = 0) -> dict[str, Any]:
    limits = {"minLength": least} if least else {}
    return {"type": "string", "title": title, "maxLength": most, "x-ui": ui, **limits}


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
        "words": _text(_("What they say"), 5000, "textarea", 2),
        "category": {"type": "string", "title": _("Class"), "maxLength": 40, "x-ui": "select"},
        "address": _text(_("Address"), 256),
        "lon": {
            "type": "number",
            "title": _("Longitude"),
            "minimum": -180,
            "maximum": 180,
            "x-ui": "place",
        },
        "lat": {
            "type": "number",
            "title": _("Latitude"),
            "minimum": -90,
            "maximum": 90,
            "x-ui": "place",
        },
        "name": _text(_("Their name"), 60),
        "phone": _text(_("Another phone number"), 30),
        "answer": _text(_("Answer given on the spot"), 2000, "textarea"),
    },
}
ARTICLE: dict[str, Any] = {
    "type": "object",
    "required": ["title_zh", "words_zh"],
    "properties": {
        "title_zh": _text(_("Question in Chinese"), 120, least=2),
        "words_zh": _text(_("Answer in Chinese"), 2000, "textarea", 2),
        "title_en": _text(_("Question in English"), 120),
        "words_en": _text(_("Answer in English"), 2000, "textarea"),
        "keywords": _text(_("Words it is found by"), 200),
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
