"""Text and numbers from outside: what neither database can store is refused at the door.

NUL breaks PostgreSQL, a lone surrogate breaks every UTF-8 encoder, NaN becomes NULL in
SQLite. Lengths are counted in code points after trimming.
"""

import math
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from wanmi.kernel.errors import Invalid

ORDINARY_LENGTH = 2000
LINE_LENGTH = 200
# Line breaks and tabs are writing; every other control character is an accident or an attack.
_LAYOUT = frozenset("\n\t")


class UnusableText(Invalid):
    """The text holds characters that cannot be stored."""

    code = "unusable_text"


class TextTooLong(Invalid):
    """The text has %(length)s characters; at most %(max_length)s are possible."""

    code = "text_too_long"


class UnusableNumber(Invalid):
    """The number must be finite and lie between %(low)s and %(high)s."""

    code = "unusable_number"


def clean_text(value: str, *, max_length: int = ORDINARY_LENGTH, multiline: bool = True) -> str:
    """Return the text trimmed, with line ends as ``\\n``; refuse what cannot be stored."""
    cleaned = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not multiline:
        cleaned = " ".join(cleaned.split())
    if not cleaned.isprintable():
        _refuse_unusable(cleaned)
    if len(cleaned) > max_length:
        raise TextTooLong(length=len(cleaned), max_length=max_length)
    return cleaned


def clean_line(value: str, *, max_length: int = LINE_LENGTH) -> str:
    """Return the text as one line: runs of white space become single spaces."""
    return clean_text(value, max_length=max_length, multiline=False)


def finite(value: float, *, low: float = -math.inf, high: float = math.inf) -> float:
    """Return the number if it is finite and within the bounds (inclusive)."""
    if not math.isfinite(value) or not low <= value <= high:
        raise UnusableNumber(low=low, high=high)
    return value


def _refuse_unusable(text: str) -> None:
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in _LAYOUT):
            raise UnusableText(
                "The text holds a character that cannot be stored (%(codepoint)s).",
                codepoint=f"U+{ord(character):04X}",
            )


def text_rule(max_length: int = ORDINARY_LENGTH, *, multiline: bool = True) -> Any:
    """Return metadata for ``Annotated[str, text_rule(80)]`` (Any: pydantic names no type)."""

    def validate(value: str) -> str:
        try:
            return clean_text(value, max_length=max_length, multiline=multiline)
        except Invalid as refused:
            raise _as_pydantic(refused) from refused

    return AfterValidator(validate)


def text(max_length: int = ORDINARY_LENGTH, *, multiline: bool = True) -> Any:
    """Return a pydantic field type with its length in the JSON Schema (Any: made at run time)."""
    schema = Field(json_schema_extra={"maxLength": max_length})
    return Annotated[str, text_rule(max_length, multiline=multiline), schema]


def _as_pydantic(refused: Invalid) -> PydanticCustomError:
    # Braces would be read as a template by pydantic, so the finished sentence is a parameter.
    return PydanticCustomError(
        "text", "{sentence}", {"sentence": str(refused), "msgid": refused.message}
    )


Text = Annotated[str, text_rule(), Field(json_schema_extra={"maxLength": ORDINARY_LENGTH})]
Line = Annotated[
    str,
    text_rule(LINE_LENGTH, multiline=False),
    Field(json_schema_extra={"maxLength": LINE_LENGTH}),
]
Finite = Annotated[float, Field(allow_inf_nan=False)]
RowKey = Annotated[int, Field(ge=1, lt=2**63, description="Number of a row")]
Longitude = Annotated[
    float, Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees east, CGCS2000/WGS-84")
]
Latitude = Annotated[
    float, Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees north, CGCS2000/WGS-84")
]
