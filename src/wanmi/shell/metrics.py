"""Figures for operators, in Prometheus' text form at `/metrics`.

Requests are counted in each process and added up over all of them (`serve`
names a folder for that); what the database knows is asked at the moment
somebody looks. Upper rooms offer their own figures.
"""

import hmac
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from .addresses import is_from_this_machine

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own variable; it is read when a process starts."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_registry = CollectorRegistry()
_requests = Counter(
    "wanmi_requests",
    "Requests answered, by method, route and status",
    ["method", "route", "status"],
    registry=_registry,
)
_durations = Histogram(
    "wanmi_request_seconds",
    "Seconds until the answer, by route",
    ["route"],
    buckets=_SECONDS,
    registry=_registry,
)
live_streams = Gauge(
    "wanmi_live_streams",
    "Live pages that are open now",
    registry=_registry,
    multiprocess_mode="livesum",
)


@dataclass(frozen=True)
class Figure:
    """One number of a moment; figures of one name differ in their labels."""

    name: str
    words: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


Ask = Callable[[], Iterable[Figure]]
_asked: dict[str, Ask] = {}


def offer_figures(room: str, ask: Ask) -> None:
    """Let a room tell figures at the moment somebody looks; the same room again replaces them."""
    _asked[room] = ask


class RequestFigures:
    """Counts every answer of Django's under its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        route = _route(request)
        _durations.labels(route).observe(time.perf_counter() - began)
        _requests.labels(_method(request), route, str(response.status_code)).inc()
        return response


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell the figures to who carries the token, or without one to this machine alone."""
    if not _may_look(request):
        return HttpResponse("forbidden\n", status=403, content_type="text/plain")
    return HttpResponse(_told(), content_type=CONTENT_TYPE_LATEST)


def counted_together(folder: Path) -> dict[str, str]:
    """Return the environment in which processes add their counts up; forget those of dead ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name.isdigit() and not _lives(int(old.name)):
            for file in old.iterdir():
                file.unlink(missing_ok=True)
            old.rmdir()
    own = folder / str(os.getpid())
    own.mkdir(exist_ok=True)
    return {FOLDER: str(own)}


def _may_look(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if not token:
        return is_from_this_machine(request)
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _told() -> bytes:
    registry = CollectorRegistry()
    registry.register(_Moment())
    folder = os.environ.get(FOLDER)
    if not folder:
        return generate_latest(_registry) + generate_latest(registry)
    _forget_dead(Path(folder))
    MultiProcessCollector(registry)
    return generate_latest(registry)


class _Moment(Collector):
    """What the rooms know at this moment."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        own = Figure("wanmi_release", "The release that runs", 1, {"version": version("wanmi")})
        for figure in (own, *(each for ask in _asked.values() for each in ask())):
            family = families.get(figure.name)
            if family is None:
                names = list(figure.labels)
                family = GaugeMetricFamily(figure.name, figure.words, labels=names)
                families[figure.name] = family
            family.add_metric(list(figure.labels.values()), figure.value)
        yield from families.values()


def _route(request: HttpRequest) -> str:
    if request.resolver_match is not None:
        return f"/{request.resolver_match.route}"
    # Never the path itself: whoever invents addresses must not fill the memory.
    return "static" if request.path.startswith(settings.STATIC_URL) else "unknown"


def _method(request: HttpRequest) -> str:
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return str(request.method) if request.method in known else "other"


def _forget_dead(folder: Path) -> None:
    """Drop what processes that are gone said of the moment; their counts stay."""
    for file in folder.glob("gauge_live*_*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not _lives(int(number)):
            file.unlink(missing_ok=True)


def _lives(number: int) -> bool:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(number, 0)
        return True
    return Path(f"/proc/{number}").exists()
