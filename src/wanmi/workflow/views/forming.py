"""The form editor: fields by kind, conditions and evidence, drawn as people will see it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from wanmi.kernel.errors import Invalid
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm

from .. import queries
from . import formwords
from .asking import either, newest_or_refuse, now_of, said
from .procedures import DUTY


class UnusableForm(Invalid):
    """This form cannot be used: %(reason)s"""

    code = "unusable_form"


@require_safe
@pages.with_duty(DUTY)
def form(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Open a form of the draft (or of the newest version) for editing."""
    newest, now, draft = newest_or_refuse(code), now_of(code), queries.draft(code)
    schema = now.forms.get(form) or {"type": "object", "properties": {}, "required": []}
    data = {
        "form": form,
        "schema": schema,
        "forms": now.forms,
        "drawing": now.drawing,
        "seen": draft.version if draft else 0,
        "kinds": formwords.kinds(),
        "words": formwords.words(),
        "urls": {
            "preview": reverse("procedures:preview", args=[code, form]),
            "save": reverse("procedures:save", args=[code]),
        },
    }
    context = {
        "procedure": newest,
        "name": either(newest.name_zh, newest.name_en),
        "form": form,
        "names": sorted({*now.forms, form}),
        "data": data,
    }
    return pages.render(request, "workflow/form.html", context)


@require_POST
@pages.with_duty(DUTY)
def preview(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Draw a form as people will see it; a form that cannot be is refused with the reason."""
    newest_or_refuse(code)
    schema = said(request).get("schema")
    try:
        drawn = SchemaForm(_in_language(_checked(schema)), prefix="preview")
    except UnusableForm as refused:
        return JsonResponse({"message": pages.sentence(refused)}, status=refused.status)
    return pages.render(request, "workflow/parts/preview.html", {"drawn": drawn})


def _checked(schema: Any) -> dict[str, Any]:
    if not isinstance(schema, dict):
        raise UnusableForm(reason="-")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise UnusableForm(reason=error.message[:200]) from None
    properties = schema.get("properties", {})
    if not all(isinstance(field, dict) for field in properties.values()):
        raise UnusableForm(reason="properties")
    return schema


def _in_language(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the form with its titles in the reader's language."""
    chinese = (get_language() or "zh").startswith("zh")
    fields = {
        name: field | (field.get("x-zh", {}) if chinese else {})
        for name, field in schema.get("properties", {}).items()
    }
    return schema | {"properties": fields}
