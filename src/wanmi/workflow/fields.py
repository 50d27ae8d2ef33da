"""The questions of a step: drawn in the reader's language, and what was answered checked."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from wanmi.kernel.errors import FieldError, Invalid
from wanmi.kernel.text import clean_text
from wanmi.shell.schemaforms import wrong_places
from wanmi.upkeep import queries as upkeep

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
    named = field.get("x-options", "")
    listed_in = _dictionary(named)
    offered = choose(named) if named and listed_in is None else None
    if listed_in is not None:
        offered = list(listed_in.items()), None
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


def _dictionary(named: str) -> Mapping[str, str] | None:
    """Return the dictionary that a field draws its choices from ("dictionary:reasons")."""
    kind, _colon, key = str(named).partition(":")
    return upkeep.dictionary(key) if kind == "dictionary" and key else None


def _not_listed(form: dict[str, Any], given: dict[str, Any]) -> Iterator[str]:
    """Return the fields whose answer their dictionary does not offer today."""
    for name, field in form.get("properties", {}).items():
        listed = _dictionary(field.get("x-options", "")) if name in given else None
        answers = given[name] if isinstance(given.get(name), list) else [given.get(name)]
        if listed is not None and any(answer not in listed for answer in answers):
            yield name


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
    errors += [
        {"loc": [name], "msg": gettext("Choose one of the values listed.")}
        for name in _not_listed(form, given)
    ]
    if errors:
        raise Invalid("Some fields are not valid.", errors=errors)
    return given
