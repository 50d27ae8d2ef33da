"""The questions of a step: drawn in the reader's language, and what was answered checked."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language

from wanmi.kernel.errors import FieldError, Invalid
from wanmi.kernel.text import clean_text
from wanmi.shell.schemaforms import wrong_places

Choices = tuple[list[tuple[Any, str]], Any]
"""(value, words) pairs, and the value suggested or None."""
Choose = Callable[[str], Choices | None]
LONGEST_TEXT = 5000


def filled(form: dict[str, Any], choose: Choose) -> dict[str, Any]:
    """Return a form in the reader's language; `choose` answers the choices asked for by name."""
    chinese = (get_language() or "zh").startswith("zh")
    properties = {
        name: _filled(field, choose, chinese) for name, field in form.get("properties", {}).items()
    }
    return {**form, "properties": properties}


def _filled(field: dict[str, Any], choose: Choose, chinese: bool) -> dict[str, Any]:
    shown = {key: value for key, value in field.items() if key not in {"x-zh", "x-options"}}
    if chinese:
        shown |= field.get("x-zh", {})
    offered = choose(field["x-options"]) if "x-options" in field else None
    if offered is None:
        return shown
    choices, suggestion = offered
    listed = [{"const": const, "title": title} for const, title in choices]
    if shown.get("type") == "array":
        shown["items"] = {**shown.get("items", {}), **({"oneOf": listed} if listed else {})}
    elif listed:
        shown["oneOf"] = listed
    if suggestion is not None:
        shown["default"] = suggestion
    return shown


def check_fields(form: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields a form accepts, text cleaned. Raises Invalid with an error per field."""
    given = {
        key: clean_text(value, max_length=LONGEST_TEXT) if isinstance(value, str) else value
        for key, value in fields.items()
        if value not in ("", None)
    }
    errors: list[FieldError] = [
        {"loc": [name] if name else [], "msg": sentence}
        for name, sentence in wrong_places(form, given)
    ]
    if errors:
        raise Invalid("Some fields are not valid.", errors=errors)
    return given
