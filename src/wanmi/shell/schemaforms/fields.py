"""One question of a form: which control asks it, and how an answer is read."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext

Schema = Mapping[str, Any]
Sent = QueryDict | MultiValueDict[str, str]

WIDGETS = frozenset(
    {"text", "textarea", "select", "radio", "number", "date", "checkbox", "checkboxes"}
    | {"media", "place", "point", "within", "part", "hidden", "arranged", "beside"}
)
SHORT_TEXT = 120
FEW_CHOICES = 4


@dataclass(frozen=True)
class Arranged:
    """One line of an ordered list: its place from 1, whether chosen, and a choice beside it."""

    key: str
    words: str
    place: int
    chosen: bool
    beside: list[tuple[str, str, bool]]


@dataclass
class Field:
    """A property of the schema with its hints, its present value and what is wrong with it."""

    name: str
    schema: Schema
    hints: Mapping[str, Any]
    required: bool
    prefix: str = ""
    value: Any = None
    partner: "Field | None" = None
    errors: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the element id, unlike that of any other form on the page."""
        return f"{self.prefix}-{self.name}" if self.prefix else self.name

    @property
    def widget(self) -> str:
        """Return the control: as the hints wish, else as the schema suggests."""
        wished = self.hints.get("widget") or self.schema.get("x-ui", "")
        if wished == "place" and self.partner is not None:
            return "point"
        if wished == "place" and _kind(self.schema) != "object":
            return "within"
        return wished if wished in WIDGETS else _suggested(self.schema)

    @property
    def label(self) -> str:
        """Return the question in the reader's language."""
        return translated(self.hints.get("label") or self.schema.get("title") or self.name)

    @property
    def help(self) -> str:
        """Return the hint below the label."""
        return translated(self.hints.get("help") or self.schema.get("description") or "")

    @property
    def error(self) -> str:
        """Return what is wrong, in one line."""
        return " ".join(self.errors)

    @property
    def is_group(self) -> bool:
        """Say whether the control is several inputs under one legend."""
        return self.widget in {"radio", "checkboxes", "media", "place", "point", "arranged"}

    @property
    def is_within(self) -> bool:
        """Say whether the control of another field asks this one too."""
        return self.widget in {"within", "beside"}

    @property
    def mark(self) -> str:
        """Return the place already given as the map reads it: "lon,lat" in degrees."""
        place = self.value if isinstance(self.value, Mapping) else {}
        if self.partner is not None and None not in (self.value, self.partner.value):
            place = {"lon": self.value, "lat": self.partner.value}
        return f"{place['lon']},{place['lat']}" if {"lon", "lat"} <= set(place) else ""

    @property
    def template(self) -> str:
        """Return the template of the control."""
        return f"schemaforms/{self.widget}.html"

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Return value, words and whether chosen, for every choice."""
        named = {str(key): words for key, words in _words(self.schema, self.hints).items()}
        keys = [str(key) for key in _choices(self.schema)] or list(named)
        return [(key, translated(named.get(key, key)), key in self._chosen) for key in keys]

    @property
    def rows(self) -> list[Arranged]:
        """Return the choices of an ordered list: those chosen first, in their order."""
        words = {key: word for key, word, _chosen in self.options}
        chosen = [key for key in self.value or () if key in words]
        keys = [*chosen, *(key for key in words if key not in chosen)]
        beside = self.partner.hints.get("choices", {}) if self.partner else {}
        given = (self.partner.value if self.partner else None) or {}
        return [
            Arranged(
                key,
                words[key],
                place,
                key in chosen,
                [(code, str(word), code == given.get(key)) for code, word in beside.items()],
            )
            for place, key in enumerate(keys, start=1)
        ]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Return the choices under headings, where the hints bring such."""
        return [
            (heading, [(str(key), words, str(key) in self._chosen) for key, words in choices])
            for heading, choices in self.hints.get("groups", ())
        ]

    @property
    def _chosen(self) -> set[str]:
        values = self.value if isinstance(self.value, list) else [self.value]
        return {str(value) for value in values if value is not None}

    def read(self, sent: Sent) -> Any:
        """Return the answer in the schema's type; None means it was left empty."""
        if self.widget in {"media", "checkboxes"}:
            parts = self.schema.get("items", {})
            return [_read_value(v, parts) for v in sent.getlist(self.name) if v.strip()] or None
        if self.widget == "arranged":
            return _read_arranged(self.name, sent)
        if self.widget == "beside":
            told = {key: sent.get(f"{self.name}_{key}", "") for key in self.hints.get("keys", ())}
            return {key: said for key, said in told.items() if said}
        if self.widget == "place":
            return _read_place(self.name, sent)
        if self.widget == "checkbox":
            return sent.get(self.name) in {"on", "true", "1"}
        return _read_value(sent.get(self.name), self.schema)


def translated(text: object) -> str:
    """Return a msgid in the reader's language; empty text stays empty."""
    words = str(text)
    return gettext(words) if words else ""


def _suggested(schema: Schema) -> str:
    kind = _kind(schema)
    if kind == "array":
        return "checkboxes"
    if kind == "boolean":
        return "checkbox"
    choices = _choices(schema)
    if choices:
        return "radio" if len(choices) <= FEW_CHOICES else "select"
    if kind in {"number", "integer"}:
        return "number"
    if schema.get("format") == "date":
        return "date"
    return "textarea" if schema.get("maxLength", 0) > SHORT_TEXT else "text"


def _kind(schema: Schema) -> str:
    kind = schema.get("type", "string")
    return next((k for k in kind if k != "null"), "string") if isinstance(kind, list) else str(kind)


def _choices(schema: Schema) -> list[Any]:
    source = schema.get("items", {}) if _kind(schema) == "array" else schema
    listed = source.get("enum") or [choice.get("const") for choice in source.get("oneOf", ())]
    return [choice for choice in listed if choice is not None]


def _words(schema: Schema, hints: Mapping[str, Any]) -> dict[Any, Any]:
    """Return the words of each choice: from the hints, oneOf titles, or x-enum (zh, en)."""
    source = schema.get("items", {}) if _kind(schema) == "array" else schema
    titles = {choice["const"]: choice.get("title", "") for choice in source.get("oneOf", ())}
    at = 0 if (get_language() or "zh").startswith("zh") else 1
    named = {key: pair[at] for key, pair in source.get("x-enum", {}).items()}
    return titles | named | dict(hints.get("options", {}))


def _read_value(text: str | None, schema: Schema) -> Any:
    """Return the text in the schema's type; what is no number stays text and is refused later."""
    if text is None or not text.strip():
        return None
    kind = _kind(schema)
    if kind in {"integer", "number"}:
        return _number(text, whole=kind == "integer")
    return text if kind == "string" else text.strip()


def _number(text: str, *, whole: bool) -> int | float | str:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _read_arranged(name: str, sent: Sent) -> list[str] | None:
    """Return what is chosen by the numbers beside it; what has none keeps its line."""
    chosen = [key for key in sent.getlist(name) if key.strip()]
    said = {key: _number(sent.get(f"{name}_{key}_place", ""), whole=False) for key in chosen}
    return sorted(said, key=lambda key: _place(said[key])) or None


def _place(said: float | str) -> float:
    return math.inf if isinstance(said, str) else said


def _read_place(name: str, sent: Sent) -> dict[str, Any] | None:
    """Return {lon, lat} in degrees; one half without the other is refused later."""
    halves = {
        half: _read_value(sent.get(f"{name}_{half}"), {"type": "number"}) for half in ("lon", "lat")
    }
    filled = {half: value for half, value in halves.items() if value is not None}
    return filled or None
