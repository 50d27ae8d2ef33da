"""What a validator found wrong, said as people say it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from wanmi.kernel.errors import Refused
from wanmi.kernel.text import clean_text

LONGEST = 20_000

_SENTENCES: Mapping[str, Callable[[ValidationError], str]] = {
    "required": lambda error: gettext("Fill this in."),
    "minLength": lambda error: gettext("Write at least %(n)s characters.") % _limit(error),
    "maxLength": lambda error: gettext("Write at most %(n)s characters.") % _limit(error),
    "minimum": lambda error: gettext("Enter %(n)s or more.") % _limit(error),
    "maximum": lambda error: gettext("Enter %(n)s or less.") % _limit(error),
    "exclusiveMinimum": lambda error: gettext("Enter more than %(n)s.") % _limit(error),
    "exclusiveMaximum": lambda error: gettext("Enter less than %(n)s.") % _limit(error),
    "enum": lambda error: gettext("Choose one of the answers offered."),
    "oneOf": lambda error: gettext("Choose one of the answers offered."),
    "minItems": lambda error: gettext("Add at least %(n)s.") % _limit(error),
    "maxItems": lambda error: gettext("Add at most %(n)s.") % _limit(error),
    "uniqueItems": lambda error: gettext("The same answer stands here twice."),
    "pattern": lambda error: gettext("This is not written as expected."),
    "format": lambda error: gettext("Enter a date such as 2026-11-21."),
    "type": lambda error: _type_sentence(error),
}


def wrong_places(schema: Mapping[str, Any], answers: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name of each wrong field ("" for the whole form) and the sentence for it."""
    validator = Draft202012Validator(dict(schema), format_checker=FormatChecker(["date"]))
    for error in validator.iter_errors(answers):
        yield _field_of(error), sentence(error)
    for name, value in answers.items():
        if isinstance(value, str) and not _is_clean(value):
            yield name, gettext("This text holds signs that cannot be kept.")


def sentence(error: ValidationError) -> str:
    """Return what is wrong in the reader's language."""
    say = _SENTENCES.get(str(error.validator))
    return say(error) if say else gettext("This cannot be used as it is.")


def words_for(message: str) -> str:
    """Return a refusal of an action in the reader's language."""
    return gettext(message)


def _field_of(error: ValidationError) -> str:
    if error.absolute_path:
        return str(error.absolute_path[0])
    if error.validator == "required":
        wanted: Any = error.validator_value
        given: Any = error.instance or {}
        missing = [name for name in wanted if name not in given]
        return next((name for name in missing if repr(name) in error.message), "")
    return ""


def _limit(error: ValidationError) -> dict[str, Any]:
    return {"n": error.validator_value}


def _type_sentence(error: ValidationError) -> str:
    if error.validator_value in ("number", "integer"):
        return gettext("Enter a number.")
    return gettext("This cannot be used as it is.")


def _is_clean(text: str) -> bool:
    try:
        clean_text(text, max_length=LONGEST)
    except Refused:
        return False
    return True
