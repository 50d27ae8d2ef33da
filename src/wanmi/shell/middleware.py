"""What every answer gets: safe headers, the reader's language, refusals as sentences."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from wanmi.kernel.errors import Refused

from . import pages

# data: pictures are the map's own control icons, blob: ones previews before an upload.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:%(hosts)s; "
    "connect-src 'self'%(hosts)s; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "media-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(self), payment=()",
}

Handler = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Refuse foreign script, frames and sniffing on every answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        # A base map of another server has to be named by the operator.
        hosts = "".join(f" {host}" for host in settings.MAP_HOSTS)
        self.policy = CONTENT_POLICY % {"hosts": hosts}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = self.policy
        if getattr(response, "writes_style_attributes", False):
            policy += "; style-src-attr 'unsafe-inline'"
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        for name, value in FIXED_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class Language:
    """Choose the language: the person's own (cookie), then the browser's, then the city's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        try:
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
        finally:
            translation.deactivate()


class Refusals:
    """Answer a refusal that reached the top with its sentence and status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return pages.refusal(request, error)
        return None
