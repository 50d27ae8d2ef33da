"""The addresses of the public's side: everybody is welcome, signed in or not."""

from __future__ import annotations

from typing import Any

from tests.journeys.routing import EVERYONE, Scene, form, page
from tests.town import INSIDE

ANSWERED = frozenset({200, 201, 302, 422})
FOLLOWED = "public/follow/{followed}"


def _report(_scene: Scene) -> dict[str, Any]:
    return {"words": "路口有垃圾", "purpose": "report", "lon": INSIDE[0], "lat": INSIDE[1]}


PORTAL = [
    *(page(f"public/{name}", EVERYONE) for name in ("", "mine", "report", "places", "follow")),
    page("public/near", EVERYONE, url="public/near?lon=120.0005&lat=30.0005"),
    page("public/manifest.webmanifest", EVERYONE),
    page("public/sw.js", EVERYONE),
    page("public/follow/<slug:code>", EVERYONE, url=FOLLOWED),
    form("public/report", EVERYONE, ok=ANSWERED, body=_report),
    form(
        "public/follow/<slug:code>/say",
        EVERYONE,
        url=f"{FOLLOWED}/say",
        ok=ANSWERED,
        body=lambda scene: {"words": "还有一堆"},
    ),
    *(
        # The matter of the scene has no answer yet.
        form(
            f"public/follow/<slug:code>/{deed}",
            EVERYONE,
            url=f"{FOLLOWED}/{deed}",
            ok=frozenset({409}),
            body=lambda scene: {"rating": "fair", "words": "没有解决"},
        )
        for deed in ("rate", "reopen")
    ),
]
