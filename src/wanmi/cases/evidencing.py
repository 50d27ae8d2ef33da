"""Required evidence: a step's form may demand photographs before the step can be finished.

A field of media with `x-evidence: {"least": 2, "of": ["after", "check"]}` counts
the different photographs of those purposes that the case has already; only
what is still wanting must be added.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from wanmi.evidence import queries as evidence
from wanmi.kernel.errors import FieldError, Invalid

from .models import Case

Form = dict[str, Any]


def demanding(form: Form, case: Case) -> Form:
    """Return a form that asks for the photographs still wanting."""
    shown = {**form, "required": list(form.get("required", ()))}
    for name, field in _fields(form):
        missing = field["x-evidence"]["least"] - len(_known(case, field))
        if missing > 0:
            asked = gettext("%(n)s more photographs are needed.") % {"n": missing}
            shown["properties"] = {
                **shown["properties"],
                name: {**field, "minItems": missing, "description": asked},
            }
            shown["required"].append(name)
    return shown


def require_evidence(form: Form, given: Form, case: Case) -> None:
    """Refuse to finish a step without the photographs its form demands, at the field."""
    errors: list[FieldError] = []
    for name, field in _fields(form):
        found = _known(case, field) | _given(given.get(name, ()))
        missing = field["x-evidence"]["least"] - len(found)
        if missing > 0:
            asked = gettext("%(n)s more photographs are needed.") % {"n": missing}
            errors.append({"loc": [name], "msg": asked})
    if errors:
        raise Invalid("Some fields are not valid.", errors=errors)


def _fields(form: Form) -> list[tuple[str, Form]]:
    properties = form.get("properties", {})
    return [(name, field) for name, field in properties.items() if "x-evidence" in field]


def _known(case: Case, field: Form) -> set[str]:
    """Return the different photographs the case has for the purposes that count."""
    purposes = set(field["x-evidence"].get("of", ()))
    return {
        each.sha256
        for each in evidence.of_subject(f"case:{case.pk}")
        if each.is_picture and each.purpose in purposes
    }


def _given(keys: Sequence[int]) -> set[str]:
    found = [evidence.media(key) for key in keys]
    return {row.sha256 for row in found if row and row.content_type.startswith("image/")}
