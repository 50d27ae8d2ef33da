"""The gallery: every component on a page of its own, as people see it and tests photograph it.

Open while developing and for administrators; elsewhere it does not exist.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from . import lists, menu, pages, schemaforms

STORIES = Path(__file__).parent / "templates" / "gallery"
NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
DUTY = "people.edit"


@dataclass(frozen=True)
class Picture:
    """A photograph as the media component takes it."""

    url: str
    label: str
    kind: str = "image"
    thumb: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Deed:
    """One event as the timeline takes it."""

    title: str
    at: datetime
    actor: str
    post: str = ""
    opinion: str = ""
    phase: str = ""
    took_s: float | None = None
    late: bool = False
    current: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter in use as the chips take it."""

    label: str
    word: str
    url: str = "?"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """List every story."""
    _must_be_open(request)
    return pages.render(request, "shell/gallery.html", {"stories": names(), "chosen": ""})


@require_safe
def story(request: HttpRequest, name: str) -> HttpResponse:
    """Show one component in its variations."""
    _must_be_open(request)
    if name not in names():
        raise Http404
    context = samples() | {"stories": names(), "chosen": name, "story": f"gallery/{name}.html"}
    return pages.render(request, "shell/gallery.html", context)


def names() -> list[str]:
    """Return the name of every story; each is a file in templates/gallery."""
    return sorted(path.stem for path in STORIES.glob("*.html"))


def samples() -> dict[str, Any]:
    """Return what the stories show; the moment stands still."""
    photos = [
        Picture(static("shell/sample-before.svg"), "井盖破损", at=NOW),
        Picture(static("shell/sample-after.svg"), "已更换", at=NOW + timedelta(hours=3)),
    ]
    return {
        "now": NOW,
        "later": NOW + timedelta(hours=2, minutes=15),
        "soon": NOW + timedelta(minutes=9),
        "past": NOW - timedelta(days=1, hours=3),
        "phases": ("collection", "filing", "dispatch", "handling", "feedback"),
        "photos": photos,
        "photo_before": photos[0],
        "photo_after": photos[1],
        "deeds": _deeds(),
        "points": _points(),
        "steps": _steps(),
        "form": schemaforms.SchemaForm(FORM_SCHEMA, FORM_HINTS, prefix="sample"),
        "page": _Page(),
        "options": [("lamp", "路灯"), ("cover", "井盖")],
        "chips": [Chip("类别", "井盖"), Chip("计时", "已超期")],
        "views": [
            lists.View("超期井盖", "late=1", "?late=1", "cases", is_first=True),
            lists.View("本街道", "open=1", "?open=1", "cases", is_shared=True),
        ],
    }


def _must_be_open(request: HttpRequest) -> None:
    scope = menu.scope_of(request)
    if not settings.DEBUG and not (scope is not None and scope.may(DUTY)):
        raise Http404


def _deeds() -> list[Deed]:
    return [
        Deed("上报", NOW - timedelta(hours=3), "周敏", "监督员", "人行道井盖破损", "collection"),
        Deed("立案", NOW - timedelta(hours=2), "王芳", "值班长", "", "filing", 1520.0),
        Deed("处置", NOW, "李强", "市政处置员", "已更换井盖", "handling", 5400.0, True, True),
    ]


def _points() -> list[dict[str, Any]]:
    lamps = ("in_time", "soon", "overdue", "paused")
    phases = ("collection", "filing", "dispatch", "handling", "check_and_close")
    return [
        {
            "id": str(number),
            "lon": 116.30 + (number % 7) * 0.004,
            "lat": 39.98 + (number // 7) * 0.004,
            "phase": phases[number % 5],
            "lamp": lamps[number % 4],
            "label": f"样例 {number}",
        }
        for number in range(28)
    ]


def _steps() -> list[dict[str, str]]:
    return [
        {"label": "地点", "state": "passed"},
        {"label": "问题", "state": "current"},
        {"label": "照片", "state": "ahead"},
    ]


class _Page:
    """A page in the middle of a list."""

    first, last, total = 51, 100, 1234
    previous, next = 1, 3
    has_previous = has_next = True
    rows = (1,)


FORM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["opinion", "result", "place"],
    "properties": {
        "opinion": {"type": "string", "title": "Opinion", "minLength": 2, "maxLength": 500},
        "result": {"type": "string", "title": "Result", "enum": ["pass", "not_pass"]},
        "hours": {"type": "number", "title": "Hours", "minimum": 0, "maximum": 72},
        "on": {"type": "string", "format": "date", "title": "Day"},
        "urgent": {"type": "boolean", "title": "Urgent"},
        "media": {"type": "array", "items": {"type": "string"}, "title": "Photographs"},
        "place": {
            "type": "object",
            "title": "Place",
            "required": ["lon", "lat"],
            "properties": {"lon": {"type": "number"}, "lat": {"type": "number"}},
        },
    },
}
FORM_HINTS: dict[str, Any] = {
    "opinion": {"widget": "textarea", "help": "Two words are enough"},
    "result": {"widget": "radio", "options": {"pass": "Passed", "not_pass": "Not passed"}},
    "media": {"widget": "media"},
    "place": {"widget": "place"},
}
