"""What every view of this room asks of a request."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from wanmi.kernel.errors import Invalid, NotFound
from wanmi.kernel.text import clean_text

from .. import queries
from ..actions import LONGEST_DRAWING
from ..models import Procedure, ProcedureDraft


def said(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object a script sent."""
    try:
        given = json.loads(request.body)
    except ValueError:
        raise Invalid from None
    if not isinstance(given, dict):
        raise Invalid
    return given


def text_of(given: dict[str, Any], name: str) -> str:
    """Return a text of the object, free of what cannot be kept."""
    value = given.get(name, "")
    if not isinstance(value, str):
        raise Invalid
    return clean_text(value, max_length=LONGEST_DRAWING)


def forms_of(given: dict[str, Any], fallback: dict[str, Any]) -> dict[str, Any]:
    """Return the forms sent along, or those known."""
    forms = given.get("forms")
    if forms is None:
        return fallback
    if not isinstance(forms, dict) or not all(isinstance(each, dict) for each in forms.values()):
        raise Invalid
    clean_text(json.dumps(forms, ensure_ascii=False), max_length=LONGEST_DRAWING)
    return forms


def newest_or_refuse(code: str) -> Procedure:
    """Return the newest version of a procedure."""
    found = queries.newest(code)
    if found is None:
        raise NotFound
    return found


def now_of(code: str) -> Procedure | ProcedureDraft:
    """Return what is being drawn: the draft, else the newest version."""
    return queries.draft(code) or newest_or_refuse(code)


def either(name_zh: str, name_en: str) -> str:
    """Return the name in the reader's language."""
    chinese = (get_language() or "zh").startswith("zh")
    return name_zh if chinese else name_en or name_zh
