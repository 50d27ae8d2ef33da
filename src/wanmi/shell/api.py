"""What every API answer has in common: problem details (RFC 9457) and cursors."""

import base64
import binascii
import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from wanmi.kernel.errors import Invalid, Refused, TooOften

from .pages import sentence

log = logging.getLogger(__name__)


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    """Build a problem details answer (RFC 9457) with our stable `code`."""
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


class DocumentedApi(NinjaAPI):
    """An API whose document says of every operation how it is refused."""

    def get_openapi_schema(self, **more: Any) -> Any:
        """Return the document, each operation with the problem details it may answer."""
        document = super().get_openapi_schema(**more)
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = {**Problem.json_schema(), "example": _PROBLEM_EXAMPLE}
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, words in _REFUSALS.items():
                    operation["responses"].setdefault(status, _refusal(words))
        return document


_PROBLEM_EXAMPLE = {
    "type": "about:blank",
    "status": 409,
    "code": "task_already_done",
    "detail": "该任务已由他人办结。",
}
_REFUSALS = {
    401: "Not signed in",
    403: "Not allowed to this person, or not here",
    404: "Not there, or outside the caller's area",
    409: "Somebody was faster, or the thing is in another state",
    422: "Some fields are not valid; `errors` names them",
}


def _refusal(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}


def answer(body: Any, *, status: int = 200) -> HttpResponse:
    """Answer a body built by us as JSON, without checking it against its schema again."""
    return JsonResponse(body, status=status, encoder=NinjaJSONEncoder, safe=False)


def install_problem_handlers(api: NinjaAPI) -> None:
    """Let every failure of this API answer as problem details."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        errors = getattr(error, "errors", None)
        more = {"errors": errors} if errors else {}
        answer = problem(error.status, error.code, sentence(error), **more)
        if isinstance(error, TooOften):
            answer["Retry-After"] = str(error.retry_after)
        return answer

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"loc": list(e["loc"]), "msg": str(e["msg"])} for e in error.errors]
        return problem(422, "invalid", gettext("Some fields are not valid."), errors=errors)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "not_found", gettext("There is nothing here."))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, "not_signed_in", gettext("Sign in first."))

    @api.exception_handler(HttpError)
    def plain(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "bad_request", str(error))

    @api.exception_handler(Exception)
    def broken(request: HttpRequest, error: Exception) -> HttpResponse:
        log.exception("unexpected error at %s", request.path)
        return problem(500, "unexpected", gettext("Something broke; it has been logged."))


class Problem(Schema):
    """Problem details (RFC 9457); `code` is stable, `detail` is in the caller's language."""

    type: str
    status: int
    code: str
    detail: str


class Page(Schema):
    """A page of a list; `next` is the cursor of the following one, none at the end."""

    items: list[Any]
    next: str | None = None


class UnusableCursor(Invalid):
    """This cursor is none of ours; begin the list anew."""

    code = "unusable_cursor"


def take_page(
    rows: QuerySet[Any],
    *,
    limit: int,
    cursor: str,
    show: Callable[[Any], Any],
    key: str = "pk",
) -> dict[str, Any]:
    """Return one page of rows, newest first by key; a page costs one query, whatever its depth.

    `key` names a joined column of the same value where the database streams by that one.
    """
    rows = rows.order_by(f"-{key}")
    if cursor:
        rows = rows.filter(**{f"{key}__lt": read_cursor(cursor)})
    found = list(rows[: limit + 1])
    more = len(found) > limit
    following = _write_cursor(found[limit - 1].pk) if more else None
    return {"items": [show(row) for row in found[:limit]], "next": following}


def _write_cursor(key: int) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> int:
    """Return the key a page ended with. Raises UnusableCursor."""
    try:
        key = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise UnusableCursor from error
    if not 0 <= key < 2**63:
        raise UnusableCursor
    return key
