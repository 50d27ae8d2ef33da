"""The kinds of field the form editor offers, and what its script says."""

from typing import Any

from django.utils.translation import gettext


def kinds() -> list[dict[str, Any]]:
    """Return each kind of field: its name, its words, and the schema it begins with."""
    text = {"type": "string", "maxLength": 200, "x-ui": "text"}
    whole = {"type": "integer"}
    return [
        {"kind": "text", "label": gettext("Line of text"), "schema": text},
        {
            "kind": "textarea",
            "label": gettext("Long text"),
            "schema": {"type": "string", "maxLength": 2000, "x-ui": "textarea"},
        },
        {"kind": "number", "label": gettext("Number"), "schema": {"type": "number"}},
        {"kind": "date", "label": gettext("Date"), "schema": {"type": "string", "format": "date"}},
        {
            "kind": "money",
            "label": gettext("Amount of money (yuan)"),
            "schema": {"type": "number", "minimum": 0, "multipleOf": 0.01, "x-ui": "money"},
        },
        {"kind": "checkbox", "label": gettext("Yes or no"), "schema": {"type": "boolean"}},
        {
            "kind": "select",
            "label": gettext("Choice"),
            "schema": {"type": "string", "enum": ["a", "b"]},
        },
        {
            "kind": "place",
            "label": gettext("Place on the map"),
            "schema": {
                "type": "object",
                "properties": {"lon": {"type": "number"}, "lat": {"type": "number"}},
                "required": ["lon", "lat"],
                "x-ui": "place",
            },
        },
        {"kind": "part", "label": gettext("Part"), "schema": {"type": "string", "x-ui": "part"}},
        {"kind": "person", "label": gettext("Person"), "schema": {**whole, "x-ui": "person"}},
        {
            "kind": "media",
            "label": gettext("Photographs"),
            "schema": {
                "type": "array",
                "items": {"type": "integer"},
                "maxItems": 12,
                "uniqueItems": True,
                "x-ui": "media",
            },
        },
    ]


def words() -> dict[str, str]:
    """Return the words of the form editor."""
    return {
        "code": gettext("Code"),
        "title_zh": gettext("Label (Chinese)"),
        "title": gettext("Label (English)"),
        "kind": gettext("Kind"),
        "required": gettext("Must be filled in"),
        "at_least": gettext("At least"),
        "choices": gettext("Choices, one a line: code, Chinese, English"),
        "only_if": gettext("Asked only if"),
        "equals": gettext("is"),
        "always": gettext("always"),
        "remove": gettext("Remove"),
        "up": gettext("Move up"),
        "add": gettext("Add a field"),
        "saved": gettext("Draft saved"),
        "failed": gettext("That did not work: %(why)s"),
        "yes": gettext("yes"),
        "no": gettext("no"),
    }
