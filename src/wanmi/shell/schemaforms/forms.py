"""A whole form: its fields in order, drawn as HTML, read from a request, checked."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from wanmi.kernel.errors import FieldError, Invalid

from .fields import Field, Schema, Sent
from .refusals import words_for, wrong_places


class SchemaForm:
    """A form for one JSON Schema of type object."""

    def __init__(
        self,
        schema: Schema,
        hints: Mapping[str, Any] | None = None,
        *,
        values: Mapping[str, Any] | None = None,
        prefix: str = "",
    ) -> None:
        self.schema = schema
        self.hints = hints or {}
        self.prefix = prefix
        self.fields = self._fields(values or {})
        self.errors: list[str] = []

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def __str__(self) -> SafeString:
        """Draw every field; the surrounding <form> is the page's."""
        return render_to_string("schemaforms/form.html", {"form": self})

    __html__ = __str__

    @property
    def has_errors(self) -> bool:
        """Say whether anything is to be put right."""
        return bool(self.errors) or any(field.errors for field in self.fields)

    def read(self, sent: Sent) -> dict[str, Any] | None:
        """Return the answers when all are valid, else None with the errors beside the fields."""
        for field in self.fields:
            field.value = field.read(sent)
        answers = {field.name: field.value for field in self.fields if field.value is not None}
        self._check(answers)
        return None if self.has_errors else answers

    def refuse(self, error: Invalid) -> None:
        """Put what the action refused beside the fields it names."""
        for wrong in error.errors:
            self._complain(wrong)

    def _complain(self, wrong: FieldError) -> None:
        named = [field for field in self.fields if field.name in wrong["loc"]]
        (named[0].errors if named else self.errors).append(words_for(wrong["msg"]))

    def _check(self, answers: dict[str, Any]) -> None:
        for name, message in wrong_places(self.schema, answers):
            field = next((field for field in self.fields if field.name == name), None)
            errors = field.errors if field else self.errors
            if message not in errors:
                errors.append(message)

    def _fields(self, values: Mapping[str, Any]) -> list[Field]:
        required = set(self.schema.get("required", ()))
        fields = [
            Field(
                name=name,
                schema=schema,
                hints=self.hints.get(name, {}),
                required=name in required,
                prefix=self.prefix,
                value=values.get(name, schema.get("default")),
            )
            for name, schema in self.schema.get("properties", {}).items()
        ]
        _pair(fields)
        return sorted(fields, key=lambda field: field.hints.get("order", 0))


def _pair(fields: list[Field]) -> None:
    """Let one control ask two fields: lon and lat of a place, a list and what stands beside it."""
    halves = {f.name: f for f in fields if f.schema.get("x-ui") == "place"}
    if {"lon", "lat"} <= set(halves):
        halves["lon"].partner = halves["lat"]
    named = {field.name: field for field in fields}
    for field in fields:
        if field.widget == "arranged":
            field.partner = named.get(field.hints.get("beside", ""))
