"""The addresses of the public's side: everybody is welcome, signed in or not."""

from __future__ import annotations

from typing import Any

from tests.journeys.routing import ELSEWHERE, EVERYONE, Route, Scene, form, having, page
from tests.town import INSIDE
from wanmi.intake import actions as intake
from wanmi.organisation import duties
from wanmi.portal import actions as portal

ANSWERED = frozenset({200, 201, 302, 422})
CLERKS = having(duties.ANSWER_CONTACTS)
OF_HERE = CLERKS - {ELSEWHERE}
HIDDEN_OR_NOT = frozenset({403, 404})
FOLLOWED = "public/follow/{followed}"


def _report(_scene: Scene) -> dict[str, Any]:
    return {"words": "路口有垃圾", "purpose": "report", "lon": INSIDE[0], "lat": INSIDE[1]}


READ = ("", "mine", "numbers", "report", "places", "follow")

PORTAL = [
    *(
        page(f"public/{name}", EVERYONE)
        for name in ("", "mine", "numbers", "report", "places", "follow")
    ),
    page("public/near", EVERYONE, url="public/near?lon=120.0005&lat=30.0005"),
    form("public/classes", EVERYONE, body=lambda scene: {"words": "路口垃圾"}),
    page("public/manifest.webmanifest", EVERYONE),
    page("public/sw.js", EVERYONE),
    page("public/follow/<slug:code>", EVERYONE, url=FOLLOWED),
    form("public/report", EVERYONE, ok=ANSWERED, body=_report),
    page(
        "public/follow/<slug:code>/pictures/<int:key>.jpg",
        EVERYONE,
        url=f"{FOLLOWED}/pictures/0.jpg",
        ok=frozenset({404}),
    ),
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
    page("public/feed.xml", EVERYONE),
    # Alerts without an account: whoever holds the token.
    page("public/alerts", EVERYONE),
    form("public/alerts", EVERYONE, ok=ANSWERED | {429}, body=lambda scene: {"email": "no"}),
    form("public/alerts/links", EVERYONE, ok=frozenset({422, 429}), body=lambda scene: {}),
    page("public/alerts/<str:token>", EVERYONE, url="public/alerts/{alert}"),
    form("public/alerts/<str:token>", EVERYONE, url="public/alerts/{alert}", ok=ANSWERED),
    page("public/alerts/<str:token>/feed.xml", EVERYONE, url="public/alerts/{alert}/feed.xml"),
    page(
        "public/alerts/<str:token>/stop",
        EVERYONE,
        url="public/alerts/{alert}/stop",
        ok=frozenset({302}),
    ),
    # Mail programs stop an alert by one POST without a page of ours: no token of a form.
    Route("POST", "public/alerts/<str:token>/stop", EVERYONE, url="public/alerts/{alert}/stop"),
    page("public/matters/<slug:code>", EVERYONE, url="public/matters/{released}"),
    page("public/pictures/<int:key>.jpg", EVERYONE, url="public/pictures/{shown}.jpg"),
    form(
        "public/matters/<slug:code>/complain",
        EVERYONE,
        url="public/matters/{released}/complain",
        body=lambda scene: {"words": "这里写了我的名字"},
    ),
    # What the public sees is decided by clerks, each in their own area.
    page("publishing", CLERKS),
    page("publishing/<str:number>", OF_HERE, url="publishing/{public}", refused=HIDDEN_OR_NOT),
    form(
        "publishing/<str:number>",
        OF_HERE,
        url="publishing/{public}",
        refused=HIDDEN_OR_NOT,
        body=lambda scene: {"words": "路口有垃圾"},
    ),
    form(
        "publishing/<str:number>/withdraw",
        OF_HERE,
        url="publishing/{public}/withdraw",
        refused=HIDDEN_OR_NOT,
    ),
    *(
        way(
            "publishing/<str:number>/pictures/<int:key>",
            OF_HERE,
            url="publishing/{public}/pictures/{media}",
            refused=HIDDEN_OR_NOT,
            **more,
        )
        # The photograph of the scene is shown already: once is enough.
        for way, more in ((page, {}), (form, {"ok": frozenset({409})}))
    ),
    page(
        "publishing/<str:number>/pictures/<int:key>/spotted",
        OF_HERE,
        url="publishing/{public}/pictures/{media}/spotted",
        ok=frozenset({200, 501}),
        refused=HIDDEN_OR_NOT,
    ),
    form(
        "publishing/complaints/<int:key>/settle",
        OF_HERE,
        url="publishing/complaints/{complaint}/settle",
        refused=HIDDEN_OR_NOT,
    ),
]


def public_values(medium: int, clerk: Any) -> dict[str, str]:
    """Release a matter of the first street with a photograph, complained about once."""
    place = intake.Place(*INSIDE)
    contact = intake.receive("portal", "路口有垃圾", place=place, media=[medium], may_publish=True)
    row = portal.release(contact, "路口有垃圾", "", by=clerk)
    return {
        "alert": portal.make_alert(portal.Wish(site="https://city.example")).token,
        "public": contact.number,
        "released": row.code,
        "shown": str(portal.release_picture(row, medium, [], by=clerk).pk),
        "complaint": str(portal.complain(row, "不妥").pk),
    }
