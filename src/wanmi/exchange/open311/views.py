"""The addresses of GeoReport v2, in JSON and XML."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt

from wanmi.catalogue import queries as catalogue
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Refused
from wanmi.shell.pages import spoken

from .. import queries
from ..models import ClientKey
from . import listing, posting, services
from .errors import Refusal, as_refusal
from .rendering import TYPES, answer

log = logging.getLogger(__name__)
LIMIT = journal.RateLimit("open311", settings.OPEN311_PER_MINUTE, 60)
View = Callable[..., HttpResponse]


def speaks_open311(*methods: str) -> Callable[[View], View]:
    """Let an address answer and refuse in the form its ending names."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, form: str, **kwargs: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    return _other_method(form, methods)
                _require_jurisdiction(request)
                return view(request, *args, form=form, **kwargs)
            except Refused as error:
                return _refuse(form, as_refusal(error))
            except Refusal as refusal:
                return _refuse(form, refusal)

        # The table of routes and roles reads this: the standard is open to everybody.
        guarded.duty = None  # type: ignore[attr-defined]  # ours
        return guarded

    return wrap


def _refuse(form: str, refusal: Refusal) -> HttpResponse:
    errors = [{"code": refusal.status, "description": refusal.description}]
    return answer(form, "errors", errors, status=refusal.status)


def _other_method(form: str, methods: tuple[str, ...]) -> HttpResponse:
    allowed = ", ".join(methods)
    response = _refuse(form, Refusal(405, "this address answers %(methods)s", methods=allowed))
    response["Allow"] = allowed
    return response


def _require_jurisdiction(request: HttpRequest) -> None:
    """Refuse another city's requests; ours may be left out, since there is just one."""
    said = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id", "")
    if said and settings.OPEN311_JURISDICTION and said != settings.OPEN311_JURISDICTION:
        raise Refusal(404, "jurisdiction_id %(said)s was not found", said=said[:60])


@speaks_open311("GET", "HEAD")
def discovery(request: HttpRequest, *, form: str) -> HttpResponse:
    """Say which doors there are and where."""
    base = request.build_absolute_uri("/open311/v2")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": base,
        "changeset": settings.OPEN311_CHANGESET,
        "type": "production",
        "formats": [kind.partition(";")[0] for kind in TYPES.values()],
    }
    body = {
        "changeset": settings.OPEN311_CHANGESET,
        "contact": settings.DEFAULT_FROM_EMAIL,
        "key_service": gettext("Ask the bureau for a key."),
        "endpoints": [endpoint],
    }
    return answer(form, "discovery", body)


@speaks_open311("GET", "HEAD")
def list_services(request: HttpRequest, *, form: str) -> HttpResponse:
    """List what can be reported."""
    return answer(form, "services", services.listed())


@speaks_open311("GET", "HEAD")
def service(request: HttpRequest, code: str, *, form: str) -> HttpResponse:
    """Say what is asked about a service."""
    return answer(form, "service_definition", services.definition(code))


@csrf_exempt
@speaks_open311("GET", "HEAD", "POST")
def requests(request: HttpRequest, *, form: str) -> HttpResponse:
    """List service requests, or take one in."""
    if request.method == "POST":
        return answer(form, "service_requests", [_take(request)])
    return answer(form, "service_requests", listing.wanted(request.GET.dict()))


@speaks_open311("GET", "HEAD")
def one(request: HttpRequest, code: str, *, form: str) -> HttpResponse:
    """Tell how one service request goes."""
    return answer(form, "service_requests", [listing.one(code)])


@speaks_open311("GET", "HEAD")
def token(request: HttpRequest, code: str, *, form: str) -> HttpResponse:
    """Resolve a token; ours are the identities themselves."""
    found = listing.one(code)["service_request_id"]
    body = [{"service_request_id": found, "token": found}]
    return answer(form, "service_requests", body)


def _take(request: HttpRequest) -> dict[str, Any]:
    # The standard sends a form; some programs put it into the address.
    given = {**request.GET.dict(), **request.POST.dict()}
    client = _client(given.pop("api_key", ""))
    LIMIT.take(str(client.pk))
    wanted = posting.read(given, language=get_language() or "zh-hans")

    def do() -> tuple[int, dict[str, Any]]:
        contact = posting.take(wanted)
        return 200, {
            "service_request_id": contact.tracking_code,
            "service_notice": _notice(wanted.category),
            "account_id": None,
        }

    key = request.headers.get("Idempotency-Key", "")
    _, taken = journal.answer_once(key, given, by=f"client:{client.pk}", do=do)
    return taken


def _client(key: str) -> ClientKey:
    client = queries.holder_of(key) if key else None
    if client is None:
        raise Refusal(403, "api_key is missing or not known here")
    return client


def _notice(category: catalogue.Category) -> str:
    """Say how soon this is usually put right once it is filed."""
    limits = catalogue.standards_of(category)
    if not limits:
        return gettext("It is looked at by the city and answered.")
    said = catalogue.limit_words(limits[0].limit_value, limits[0].limit_type)
    name = spoken(category.name_zh, category.name_en)
    return gettext("%(name)s is put right within %(limit)s once it is filed.") % {
        "name": name,
        "limit": said,
    }
