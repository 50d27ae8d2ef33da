"""A page's form, done once however often it is sent."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest

from wanmi.kernel.errors import Invalid
from wanmi.shell import pages
from wanmi.shell.schemaforms import SchemaForm

from .recording import Actor
from .repeating import answer_once


def take_form(
    request: HttpRequest,
    form: SchemaForm,
    do: Callable[[dict[str, Any]], dict[str, Any]],
    *,
    by: Actor,
    about: Mapping[str, Any] | None = None,
) -> dict[str, Any] | None:
    """Do what a posted form asks and return the answer; the same form sent twice does it once.

    None where nothing was posted, or where it is wrong: then the form says what. `about`
    is what else tells one sending from another (which case, which share).
    """
    given = form.read(request.POST) if request.method == "POST" else None
    if given is None:
        return None
    key, said = request.POST.get("idempotency_key", ""), {**given, **(about or {})}
    try:
        return answer_once(key, said, by=by, do=lambda: (201, do(given)))[1]
    except Invalid as refusal:
        form.refuse(refusal)
        form.errors.append(pages.sentence(refusal))
        return None


def status_of(form: SchemaForm) -> int:
    """Return the HTTP status a page with this form is answered with."""
    return 422 if form.has_errors else 200
